#!/usr/bin/env python3
"""The program as a person at a terminal meets it: what each command prints, its exit code, and one clear sentence for what goes
wrong. Usage: commands_test.py PATH-OF-LIANPU. Prints TAP."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

LIANPU = pathlib.Path(sys.argv[1]).resolve()
DONE, WRONG, NOT_FOUND, CONFLICT, STORAGE = 0, 2, 3, 4, 6

SOURCES = "id,name_zh,visibility,authority,published,rows_visibility\npaper,日报,public,50,2022-11-30,public\n"
BRIEF = """
where:
  - {field: area_m2, min: 100000}
  - {field: land_use, in: [M1, M2]}
  - {field: power_left_kva, min: 5000}
weigh:
  - {field: price_fen_m2, weight: 30, better: less}
top: 5
"""


class Place:
    """A folder of its own, and the program run in it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / name).write_bytes(data)
        return name

    def run(self, *words, lang="C.UTF-8", stdout=subprocess.PIPE):
        env = {**os.environ, "LANG": lang, "LC_ALL": "", "LC_MESSAGES": "", "LIANPU_TODAY": "2022-12-01"}
        got = subprocess.run([LIANPU, *words], cwd=self.path, env=env, stdout=stdout, stderr=subprocess.PIPE,
                             stdin=subprocess.DEVNULL, timeout=120)
        return got.returncode, (got.stdout or b"").decode(), got.stderr.decode()

    def good(self, *words, **how):
        code, out, err = self.run(*words, **how)
        assert code == DONE, f"{words}: exit {code}: {err}"
        return out

    def bad(self, want, *words, says="", **how):
        """Fails with that exit code and one sentence on standard error that holds `says`."""
        code, out, err = self.run(*words, **how)
        assert code == want, f"{words}: exit {code}, not {want}: {err}"
        last = err.splitlines()[-1] if err else ""
        assert last.startswith("lianpu: ") and last[-1] in "。.", f"no sentence: {err!r}"
        assert says in err, f"{says!r} is not in {err!r}"
        return err

    def ledger(self, name="a.db"):
        self.good("init", name)
        self.write("sources.csv", SOURCES)
        self.good("import", "sources.csv", "--db", name, "--as", "source", "--as-of", "2022-11-30")
        return name


TESTS = []


def test(body):
    TESTS.append(body)
    return body


@test
def help_names_every_command_and_each_command_helps(place):
    out = place.good("--help", "--lang", "en")
    for command in ("init", "serve", "import", "export", "match", "allocate", "show", "lists", "batches", "undo", "check", "backup", "restore", "upgrade"):
        assert f"\n  {command} " in out, command
        own = place.good(command, "--help", "--lang", "en")
        assert own.startswith(f"lianpu {command}") and "Exit codes" in own, command
    assert "退出码" in place.good("import", "--help", "--lang", "zh")


@test
def what_is_written_wrong_says_what_and_exits_2(place):
    place.bad(WRONG, "fly", says="没有 fly 这个命令")
    place.bad(WRONG, "fly", lang="en_GB.UTF-8", says="unknown command fly")
    place.bad(WRONG, "import", "x.csv", "--into", "a.db", says="--into")
    place.bad(WRONG, "import", "x.csv", "--db", says="--db 后面要有值")
    place.bad(WRONG, "import", "x.csv", says="缺 --db")
    place.bad(WRONG, "import", "--db", "a.db", says="缺 FILE")
    place.bad(WRONG, "undo", "1", "2", "--db", "a.db", says="多了一个词：2")
    place.bad(WRONG, "undo", "one", "--db", "a.db", says="整数")
    place.bad(WRONG, "check", "--db=a.db", "--lang", "fr", says="zh, en")
    place.bad(WRONG, "export", "x.xlsx", "--db", "a.db", "--as", "parcel", says=".csv, .geojson")
    place.bad(WRONG, "import", "x.csv", "--db", "a.db", "--as", "boat", says="parcel")
    code, _, err = place.run()
    assert code == WRONG and "lianpu:" in err


@test
def a_ledger_is_made_once(place):
    assert "a.db" in place.good("init", "a.db")
    before = (place.path / "a.db").read_bytes()
    place.bad(CONFLICT, "init", "a.db", says="已经存在")
    place.bad(CONFLICT, "init", "a.db", "--sample", "jiangmen", says="已经存在")
    assert (place.path / "a.db").read_bytes() == before
    place.bad(WRONG, "init", "b.db", "--sample", "atlantis", says="jiangmen")
    place.bad(STORAGE, "init", "no/such/folder/c.db")
    assert sorted(p.name for p in place.path.iterdir()) == ["a.db"]


@test
def a_disk_of_any_size_holds_a_whole_ledger_or_none(place):
    """Each size on a small disk of its own, which is mounted where only the command sees it."""
    (place.path / "disk").mkdir()
    script = 'mount -t tmpfs -o size="$0"k tmpfs disk && "$1" init disk/j.db --sample jiangmen --lang en; code=$?; ls disk; ' \
             '[ $code = 6 ] || { cp disk/j.db whole.db && exit $code; }; exit $code'
    unshare = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*unshare, "mount", "-t", "tmpfs", "tmpfs", "disk"], cwd=place.path, stderr=subprocess.DEVNULL).returncode:
        print("# skipped: no disk may be mounted here")
        return
    seen = set()
    for size in (40, 400, 1500, 2300, 2600, 3000, 4000, 8000):
        got = subprocess.run([*unshare, "sh", "-c", script, str(size), LIANPU], cwd=place.path, capture_output=True, text=True)
        seen.add(got.returncode)
        if got.returncode == STORAGE:
            assert got.stdout == "" and "The disk is full; disk/j.db was not written" in got.stderr, (size, got)
        else:
            assert got.returncode == DONE and got.stdout.split()[-1] == "j.db", (size, got)
            place.good("check", "--db", "whole.db")
            (place.path / "whole.db").unlink()
    assert seen == {DONE, STORAGE}, seen


@test
def the_sample_is_whole_sound_and_may_be_without_invented_plots(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    place.good("check", "--db", "j.db")
    assert "新会" in place.good("show", "region", "440705", "--db", "j.db")
    place.good("export", "p.csv", "--db", "j.db", "--as", "parcel")
    assert (place.path / "p.csv").read_text().count("\n") > 300
    place.good("init", "n.db", "--sample", "jiangmen", "--no-illustrative")
    place.good("export", "n.csv", "--db", "n.db", "--as", "parcel", "--audience", "restricted")
    assert (place.path / "n.csv").read_text().count("\n") == 1


@test
def an_import_counts_its_rows_and_is_taken_back(place):
    db = place.ledger()
    place.write("p.csv", "id,面积,land_use\np1,3000,M1\np2,4000,M2\n")
    out = place.good("import", "p.csv", "--db", db, "--as", "parcel", "--source", "paper", "--lang", "en")
    assert "2 rows read = 2 added + 0 changed + 0 the same + 0 rejected" in out, out
    assert "3000 m2" in place.good("show", "parcel", "p1", "--db", db)
    out = place.good("import", "p.csv", "--db", db, "--as", "parcel", "--source", "paper", "--lang", "en")
    assert "2 the same" in out, out
    batches = place.good("batches", "--db", db, "--lang", "en").splitlines()
    assert len(batches) == 4 and "p.csv" in batches[1] and "2=0+0+2+0" in batches[1], batches
    place.good("undo", "2", "--db", db)
    place.bad(NOT_FOUND, "show", "parcel", "p1", "--db", db, says="没有编号为“p1”的地块")
    place.bad(NOT_FOUND, "undo", "2", "--db", db)
    place.bad(NOT_FOUND, "undo", "77", "--db", db)


@test
def bad_rows_are_told_one_by_one_and_nothing_comes_in(place):
    db = place.ledger()
    place.write("p.csv", "id,面积,far_min,far_max\np1,30亩,1,2\np2,NaN,1,2\np3,5,3,2\np3,5,1,2\np5,5,1,2\n")
    words = ("import", "p.csv", "--db", db, "--as", "parcel", "--source", "paper")
    err = place.bad(WRONG, *words, says="第 2 行：“面积”（area_m2）的单位要用 m2，“30亩”不是")
    assert "第 3 行" in err and "NaN" in err and "第 4 行" in err and "第 4 行没有用过的编号" in err, err
    assert "有 4 行通不过检查，一行也没有导入" in err, err
    err = place.bad(WRONG, *words, "--lang", "en", says="Row 2: Area (area_m2) is in m2; “30亩” is not.")
    assert "4 of the rows failed the checks; nothing was imported" in err, err
    place.bad(NOT_FOUND, "show", "parcel", "p5", "--db", db)
    assert "拒收 4" in place.good(*words, "--reject-rows")
    assert "5 m2" in place.good("show", "parcel", "p5", "--db", db)


@test
def a_file_that_cannot_be_read_says_why_and_writes_nothing(place):
    db = place.ledger()

    def refused(text, says, code=WRONG):
        place.write("x", text)
        place.bad(code, "import", "x", "--db", db, "--as", "parcel", "--source", "paper", says=says)

    refused("", "文件是空的")
    refused("id,aera_m2\np1,5\n", "area_m2")
    refused("id,port_m\np1,5\n", "推算")
    refused("area_m2\n5\n", "缺")
    refused("id,name_zh\np1,\"甲", "引号没有收尾")
    refused("id,name_zh\np1,\u65b0\u4f1a\n".encode("gbk"), "UTF-8")
    refused("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":", "没有写完")
    refused(b"id\n" + b"x" * 9_000_000, "上限")
    place.bad(STORAGE, "import", "none.csv", "--db", db, "--as", "parcel", "--source", "paper", says="none.csv")
    place.bad(STORAGE, "import", ".", "--db", db, "--as", "parcel", "--source", "paper")
    place.write("x", "id\np1\n")
    place.bad(WRONG, "import", "x", "--db", db, "--as", "parcel", "--source", "nobody", says="nobody")
    place.bad(WRONG, "import", "x", "--db", db, "--as", "parcel", says="--source")
    place.bad(WRONG, "import", "x", "--db", db, "--as", "parcel", "--source", "paper", "--as-of", "soon", says="日期")
    assert len(place.good("batches", "--db", db).splitlines()) == 2


@test
def a_fault_names_its_row_its_value_and_what_is_right(place):
    """In Chinese throughout: what lower modules and libraries say in English is told in the person's words."""
    db = place.ledger()

    def refused(text, *says, kind="parcel"):
        place.write("x", text)
        err = place.bad(WRONG, "import", "x", "--db", db, "--as", kind, "--source", "paper", lang="zh_CN.UTF-8")
        for part in says:
            assert part in err, f"{part!r} is not in {err!r}"
        plain = re.sub(r"例：.*", "", err)
        assert not re.search(r"[A-Za-z]{2,} [a-z]{2,}", plain), f"English in Chinese: {plain!r}"
        return err

    def shape(rings, type_="Polygon"):
        return json.dumps({"type": "Feature", "id": "g", "properties": {}, "geometry": {"type": type_, "coordinates": rings}})

    refused("id,area_m2\np1,-5\n", "第 2 行：“面积”（area_m2）要填 0.01 到 1000000000 的数字，“-5”不是，例：")
    refused("id,far_min,far_max\np1,3,2\n", "第 2 行", "下限 3 大于上限 2")
    refused("id,land_use\np1,M9\n", "M0, M1", "之一")
    refused("id,name_zh,名称\np1,a,b\n", "“名称”（name_zh）")
    refused("id,name_zh\np1\n", "1 格，表头 2 列")
    refused("id;name_zh\np1;a\n", "逗号")
    refused("id\tname_zh\np1\ta\n", "逗号")
    refused("id,name_zh\rp1,a\r", "有回车而没有换行")
    refused("id,name_zh\np1,a\n".encode("utf-16-le"), "零字节")
    refused(b"PK\x03\x04\0\0\0\0", "工作簿")
    refused("[]", "GeoJSON")
    refused("id,colour\np1,red\n", "没有“colour”这一项。")
    refused("id,area_m2\np1," + "x" * 5000 + "\n", "x…”不是")
    assert "\x1b" not in refused("id,name_zh\np1,a\x1b[31m\n", "控制字符")
    refused("id\n" + "x" * 200 + "\n", "至多 100 字节")
    here = "第 1 个要素：图形不对："
    example = '例：{"type":"Polygon","coordinates":[[['
    refused(shape([[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22.1]]]), here, "没有闭合", example)
    refused(shape([[[113, 22], [113.1, 22.1], [113.1, 22], [113, 22.1], [113, 22]]]), here, "在 113.05 22.05 处自交", example)
    refused(shape([[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22]], [[114, 22], [114.1, 22], [114.1, 22.1], [114, 22]]]), "洞在边界之外")
    refused(shape([[[113, 22], [113, 22], [113, 22], [113, 22]]]), "不到 3 个不同的点")
    refused(shape([[[500000, 2480000], [500100, 2480000], [500100, 2480100], [500000, 2480000]]]), "不是米")
    refused(shape([[[22, 113], [22.1, 113], [22.1, 113.1], [22, 113]]]), "先写经度")
    refused(shape([[[113, 22, 1], [113.1, 22, 1], [113.1, 22.1, 1], [113, 22, 1]]]), "不写高程")
    refused(shape([113, 22], "Point"), "应是面", example)
    refused(shape([[113, 22], [114, 22]], "LineString"), "type 不是")
    refused("id,geometry\nw,LINESTRING(1 2)\n", "第 2 行", "应是 POINT、POLYGON 或 MULTIPOLYGON", "例：POLYGON((")
    assert "第 0" not in refused('{"type":"FeatureCollection"}', "没有 features")
    err = place.bad(WRONG, "import", "x", "--db", db, "--as", "parcel", "--source", "paper", lang="en_GB.UTF-8")
    assert "This is not GeoJSON: it has no features." in err, err


@test
def a_brief_is_told_what_is_wrong_in_the_askers_language(place):
    place.good("init", "j.db", "--sample", "jiangmen")

    def refused(text, *says):
        place.write("b", text)
        err = place.bad(WRONG, "match", "b", "--db", "j.db", lang="zh_CN.UTF-8")
        for part in says:
            assert part in err, f"{part!r} is not in {err!r}"
        plain = re.sub(r"例：.*", "", err)
        assert not re.search(r"[A-Za-z]{2,} [a-z]{2,}", plain), f"English in Chinese: {plain!r}"

    def where(text):
        return "where:\n  - {field: " + text + "}\n"

    refused(where("area_m2, min: NaN"), "“面积”（area_m2）要填数字（m2），小数至多 2 位，“NaN”不是")
    refused(where("area_m2, min: .nan"), "“.nan”不是")
    refused(where("area_m2, min: 99999999999999999999"), "“面积”（area_m2）", "99999999999999999999")
    refused(where("port_m, max: far"), "整数（m）")
    refused(where("available_from, max: soon"), "“可供时间”（available_from）")
    refused(where("area_m2, min: 9, max: 3"), "下限 9 大于上限 3")
    refused(where("land_use, in: [M9]"), "之一")
    refused("where:\n\t- x\n", "制表符")
    refused("where: \"x\n", "引号没有收尾")
    refused("where: [", "第 ")
    for text in ('{"top":1,"top":2}', '{"where":[{"field":"area_m2","min":NaN}]}', '{"where":[', '{"where":[{"min":1e999}]}',
                 '{"where":[{"field":"\\ud800"}]}', '{"where":[{"field":"\\u0000"}]}', '{"where":[}', '{"a":1} x', '{"a" 1}', '{a:1}'):
        refused(text, "JSON 在第 1 行")


@test
def what_cannot_be_written_says_why(place):
    place.good("init", "a.db")
    place.write("file", "x")
    place.bad(STORAGE, "init", "no/such/b.db", lang="zh_CN.UTF-8", says="写不进 no/such/b.db：没有这个文件或文件夹")
    place.bad(STORAGE, "init", "file/b.db", lang="zh_CN.UTF-8", says="它不是文件夹")
    place.bad(STORAGE, "backup", "file/b.db", "--db", "a.db", lang="en_GB.UTF-8", says="Not a directory")
    place.bad(STORAGE, "serve", "--db", "a.db", "--listen", "127.0.0.1:0", "--atlas", "file", lang="en_GB.UTF-8",
              says="file cannot be written: Not a directory")
    assert sorted(p.name for p in place.path.iterdir() if not p.name.startswith("a.db")) == ["file"]


@test
def a_key_imports_once(place):
    db = place.ledger()
    place.write("p.csv", "id\np1\n")
    words = ("import", "p.csv", "--db", db, "--as", "parcel", "--source", "paper", "--key", "k1")
    place.good(*words)
    assert "没有再写" in place.good(*words)
    place.write("p.csv", "id\np2\n")
    place.bad(CONFLICT, *words, says="k1")


@test
def export_import_export_gives_the_same_bytes(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    for kind in ("source", "region", "park", "facility", "parcel"):
        for ending in ("csv", "geojson"):
            place.good("init", f"{kind}-{ending}.db")
            one, two = f"one-{kind}.{ending}", f"two-{kind}.{ending}"
            place.good("export", one, "--db", "j.db", "--as", kind, "--audience", "restricted")
            place.good("import", one, "--db", f"{kind}-{ending}.db", "--as", kind, "--source", "deployment")
            if kind == "source":  # the built-in source is told of in both
                continue
            place.good("export", two, "--db", f"{kind}-{ending}.db", "--as", kind, "--audience", "restricted")
            assert (place.path / one).read_bytes() == (place.path / two).read_bytes(), f"{kind} {ending}"
    place.bad(CONFLICT, "export", "one-park.csv", "--db", "j.db", "--as", "park")
    assert place.good("export", "-", "--db", "j.db", "--as", "park", "--audience", "restricted") == (
        place.path / "one-park.csv").read_text()


@test
def plots_put_together_stand_in_a_table_of_their_own(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    place.write("brief.yaml", "where:\n  - {field: area_m2, min: 200000}\nassemble: {gap_m: 30}\ntop: 5\n")
    table = place.good("match", "brief.yaml", "--db", "j.db", "--lang", "en")
    ranking = json.loads(place.good("match", "brief.yaml", "--db", "j.db", "--format", "json"))
    assert f"Adjoining plots put together: {ranking['sets_count']} sets" in table, table
    assert len(ranking["sets"]) == 5 < ranking["sets_count"]
    for one in ranking["sets"]:
        assert one["area_m2"] >= 200000 and " ".join(plot["id"] for plot in one["plots"]) in table, one


@test
def a_brief_is_answered_as_a_table_and_as_json(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    place.write("brief.yaml", BRIEF)
    table = place.good("match", "brief.yaml", "--db", "j.db", "--lang", "en")
    assert "candidates = " in table and "Area (m2)" in table and "sample data" in table, table
    ranking = json.loads(place.good("match", "brief.yaml", "--db", "j.db", "--format", "json"))
    assert ranking["candidates"] == ranking["fit"] + ranking["unknown"] + ranking["near"] + ranking["excluded"]
    for site in ranking["sites"]:
        assert site["entity"]["id"] in table
    place.write("brief.json", json.dumps({"where": [{"field": "area_m2", "min": 100000}, {"field": "land_use", "in": ["M1", "M2"]},
                                                    {"field": "power_left_kva", "min": 5000}],
                                          "weigh": [{"field": "price_fen_m2", "weight": 30, "better": "less"}], "top": 5}))
    assert json.loads(place.good("match", "brief.json", "--db", "j.db", "--format", "json")) == ranking


@test
def a_brief_written_wrong_says_what(place):
    place.good("init", "j.db", "--sample", "jiangmen")

    def refused(text, says):
        place.write("b", text)
        place.bad(WRONG, "match", "b", "--db", "j.db", says=says)

    refused("where:\n  - {field: aera_m2, min: 1}\n", "area_m2")
    refused("where:\n  - {field: area_m2, min: 5, max: 1}\n", "area_m2")
    refused("where: [", "第 ")
    refused("a: &x 1\nb: *x\n", "锚点")
    refused("{\"where\": [", "JSON")
    refused(b"\xff\xfe", "UTF-8")
    refused("", "空")
    refused(" " * 70_000, "上限")
    place.bad(STORAGE, "match", "none.yaml", "--db", "j.db")
    place.bad(WRONG, "match", "b", "--db", "j.db", "--format", "xml", says="table, json")


@test
def why_tells_who_said_it(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    out = place.good("show", "park", "jm-fengshanhu", "--db", "j.db", "--why", "--lang", "en")
    assert "Jiangmen Daily" in out and "2022-11-30" in out and "nobody else speaks of it" in out, out
    place.bad(NOT_FOUND, "show", "park", "nowhere", "--db", "j.db")
    place.bad(WRONG, "show", "boat", "x", "--db", "j.db")
    place.bad(WRONG, "show", "park", "x", "--db", "j.db", "--audience", "everyone")


@test
def a_thing_is_found_by_name_sound_and_code(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    for text in ("凤山湖园区", "fengshanhuyuanqu", "fshyq", "jm-fengshanhu"):
        out = place.good("search", text, "--db", "j.db", "--kinds", "park")
        assert "jm-fengshanhu" in out and "凤山湖园区" in out, out
    got = json.loads(place.good("search", "新會", "--db", "j.db", "--format", "json", "--limit", "1"))
    assert got["groups"][0]["items"][0]["id"] == "440705", got
    assert "没有找到" in place.good("search", "查无此名", "--db", "j.db", lang="zh_CN.UTF-8")
    place.bad(WRONG, "search", "a", "--db", "j.db", "--limit", "51")
    place.bad(WRONG, "search", " ", "--db", "j.db")


@test
def a_backup_is_restored_to_the_same(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    place.good("backup", "b.db", "--db", "j.db")
    place.bad(CONFLICT, "backup", "b.db", "--db", "j.db")
    place.good("restore", "b.db", "--db", "r.db")
    place.bad(CONFLICT, "restore", "b.db", "--db", "r.db")
    place.good("check", "--db", "r.db")
    for name in ("j", "r"):
        place.good("export", f"{name}.csv", "--db", f"{name}.db", "--as", "parcel", "--audience", "restricted")
    assert (place.path / "j.csv").read_bytes() == (place.path / "r.csv").read_bytes()
    assert "1" in place.good("upgrade", "--db", "r.db")


@test
def a_ledger_that_is_none_cut_or_missing_is_told(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    place.write("text.db", "this is no ledger at all, but it is long enough to be read as one" * 50)
    place.bad(STORAGE, "check", "--db", "text.db", says="不是链谱的库")
    place.write("cut.db", (place.path / "j.db").read_bytes()[:100_000])
    place.bad(STORAGE, "check", "--db", "cut.db")
    place.bad(STORAGE, "check", "--db", "none.db", says="none.db")
    assert not (place.path / "none.db").exists()


LISTS = """
park_tier:
  - {code: town_park, zh: 镇街园区, en: Town park}
  - {code: group, zh: 发展组团, en: Belt}
  - industrial
"""


@test
def a_ledger_has_its_own_code_lists(place):
    ledger = place.ledger()
    program = place.good("lists", "--db", ledger)
    assert "land_state:" in program and "how:" not in program and "offer: promised" in program
    place.write("lists.yaml", LISTS)
    assert "has 1 code lists of its own" in place.good("lists", "lists.yaml", "--db", ledger, "--lang", "en")
    own = place.good("lists", "--db", ledger)
    assert own.index("town_park") < own.index("发展组团") < own.index("industrial") and "pilot_zone" not in own
    place.write("parks.csv", "id,name_zh,tiers\na,甲,镇街园区\nb,乙,group;town_park\n")
    place.good("import", "parks.csv", "--db", ledger, "--as", "park", "--source", "paper", "--as-of", "2022-11-30")
    place.write("bad.csv", "id,name_zh,tiers\nc,丙,pilot_zone\n")
    place.bad(WRONG, "import", "bad.csv", "--db", ledger, "--as", "park", "--source", "paper", "--as-of", "2022-11-30",
              says="town_park, group, industrial")
    assert "town_park" in place.good("show", "park", "a", "--db", ledger, "--lang", "zh")
    place.write("printed.yaml", own)
    place.good("lists", "printed.yaml", "--db", ledger)
    assert place.good("lists", "--db", ledger) == own
    place.good("init", "new.db", "--lists", "lists.yaml")
    assert place.good("lists", "--db", "new.db") == own
    place.bad(WRONG, "init", "sample.db", "--lists", "lists.yaml", "--sample", "jiangmen", says="town_park, group, industrial")
    place.bad(WRONG, "init", "sample.db", "--lists", place.write("empty.yaml", ""), says="是空的")
    assert not (place.path / "sample.db").exists()
    place.good("backup", "b.lianpu", "--db", ledger)
    place.good("restore", "b.lianpu", "--db", "restored.db")
    assert place.good("lists", "--db", "restored.db") == own


@test
def a_code_that_rows_use_cannot_go(place):
    ledger = place.ledger()
    place.write("lists.yaml", LISTS)
    place.good("lists", "lists.yaml", "--db", ledger)
    place.write("parks.csv", "id,name_zh,tiers\na,甲,group\nb,乙,group;town_park\n")
    place.good("import", "parks.csv", "--db", ledger, "--as", "park", "--source", "paper", "--as-of", "2022-11-30")
    place.write("none.yaml", "{}")
    err = place.bad(CONFLICT, "lists", "none.yaml", "--db", ledger, says="“town_park”有 1 行在用")
    assert "park b" in err
    place.write("less.yaml", "park_tier: [{code: town_park, zh: 镇街园区, en: Town park}]")
    place.bad(CONFLICT, "lists", "less.yaml", "--db", ledger, "--lang", "en",
              says="“group” of the code list park_tier cannot go: it is used in 2 of the rows (park a, park b)")
    assert "group" in place.good("lists", "--db", ledger)
    place.good("undo", "2", "--db", ledger)
    place.good("lists", "none.yaml", "--db", ledger)
    assert "pilot_zone" in place.good("lists", "--db", ledger)


@test
def code_lists_that_cannot_be_are_told_with_their_line(place):
    ledger = place.ledger()
    before = place.good("lists", "--db", ledger)
    for text, zh, en in (("\nhow: [reported]", "代码表 how 第 2 行不成立：这个表不能改", "The code list how does not hold at line 2"),
                         ("tiers: [group]", "没有这个表", "there is no such list"),
                         ("park_tier: [group, group]", "代码“group”出现两次", "the code group stands twice"),
                         ("park_tier: [belt]", "“belt”没有中文名称", "belt has no label in Chinese"),
                         ("service: [road]", "程序要用“water”", "the program itself needs water"),
                         ("a: &a [b]\nc: *a", "YAML 在第 1 行", "tags and anchors are not read")):
        place.write("l.yaml", text)
        place.bad(WRONG, "lists", "l.yaml", "--db", ledger, "--lang", "zh", says=zh)
        place.bad(WRONG, "lists", "l.yaml", "--db", ledger, "--lang", "en", says=en)
    place.bad(WRONG, "lists", "l.yaml", "m.yaml", "--db", ledger, says="多了一个词")
    place.bad(STORAGE, "lists", "none.yaml", "--db", ledger)
    place.write("long.yaml", "park_tier: [group]\n" + "# long\n" * 40000)
    place.bad(WRONG, "lists", "long.yaml", "--db", ledger)
    assert place.good("lists", "--db", ledger) == before


@test
def a_server_s_configuration_is_read_and_checked_before_it_starts(place):
    place.write("good.yaml", "db: a.db\nlisten: 127.0.0.1:0\nqueue: 128\n")
    place.good("serve", "--config", "good.yaml", "--check-config")
    place.bad(WRONG, "serve", "--config", "good.yaml", "--check-config", "--queue", "0", says="1 … 4096")
    place.write("name.yaml", "db: a.db\nworker: 3\n")
    place.bad(WRONG, "serve", "--config", "name.yaml", says="name.yaml 第 2 行：没有“worker”这一项，最接近的是 workers")
    place.bad(WRONG, "serve", "--config", "name.yaml", lang="en_GB.UTF-8", says="line 2: there is no key “worker” (did you mean workers?)")
    place.write("value.yaml", "queue: lots\ndb: a.db\n")
    place.bad(WRONG, "serve", "--config", "value.yaml", says="value.yaml 第 1 行：queue 要填 1 … 4096，“lots”不是")
    place.write("empty.yaml", "")
    place.bad(WRONG, "serve", "--config", "empty.yaml", says="--db")
    assert "--queue N" in place.good("serve", "--help") and "1 到 4096；默认 64" in place.good("serve", "--help", "--lang", "zh")


@test
def output_that_does_not_arrive_is_a_failure(place):
    place.good("init", "j.db", "--sample", "jiangmen")
    with open("/dev/full", "wb") as full:
        place.bad(STORAGE, "export", "-", "--db", "j.db", "--as", "parcel", stdout=full)
        place.bad(STORAGE, "batches", "--db", "j.db", stdout=full)


def main():
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, body in enumerate(TESTS, 1):
        folder = tempfile.mkdtemp(prefix="lianpu-cli-")
        try:
            body(Place(folder))
            print(f"ok {number} - {body.__name__}", flush=True)
        except Exception:  # a test's failure, whatever it is, is one line and its reason
            failed += 1
            print(f"not ok {number} - {body.__name__}", flush=True)
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
