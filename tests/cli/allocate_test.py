#!/usr/bin/env python3
"""Many projects to limited land and services, at a terminal: who got which plot, who was left out and why. Usage: allocate_test.py
PATH-OF-LIANPU. Prints TAP."""
import json
import sys
import time

from commands_test import NOT_FOUND, STORAGE, TESTS, WRONG, main, test

TESTS.clear()

PARKS = "id,name_zh,power_left_kva,water_left_m3d\neast,东园,10000,500\nwest,西园,,\n"
PARCELS = """id,name_zh,park,land_use,land_state,area_m2,power_left_kva,price_fen_m2
e1,东一,east,M1,serviced,50000,10000,100
e2,东二,east,M1,serviced,40000,10000,200
w1,西一,west,M1,serviced,30000,10000,300
"""


def ledger(place):
    name = place.ledger()
    place.write("parks.csv", PARKS)
    place.write("parcels.csv", PARCELS)
    for kind in ("park", "parcel"):
        place.good("import", f"{kind}s.csv", "--db", name, "--as", kind, "--source", "paper")
    return name


def project(name, priority=None, where="", weigh=""):
    brief = f"{{where: [{where}], weigh: [{weigh}]}}"
    return f"- name: {name}\n" + (f"  priority: {priority}\n" if priority else "") + f"  brief: {brief}\n"


def power(least):
    return f"{{field: power_left_kva, min: {least}}}"


EAST = "{field: park, in: [east]}"
CHEAP = "{field: price_fen_m2, weight: 10, better: less}"


def plan_of(place, text, *words):
    place.write("b.yaml", text)
    return json.loads(place.good("allocate", "b.yaml", "--db", "a.db", "--format", "json", *words))


def placed(plan):
    return {one["project"]: one["plot"]["id"] for one in plan["placed"]}


@test
def a_higher_priority_goes_first_and_a_better_score_decides_after(place):
    ledger(place)
    plan = plan_of(place, project("low", 10, weigh=CHEAP) + project("high", 90, weigh=CHEAP) + project("mid", 50, weigh=CHEAP)
                   + project("none", 5, weigh=CHEAP))
    assert placed(plan) == {"high": "e1", "mid": "e2", "low": "w1"}, plan
    assert plan["optimal"] and plan["priority"] == plan["priority_bound"] == 150
    assert plan["score"] == plan["score_bound"] == 90 * 100 + 50 * 50, plan
    assert [(one["project"], one["reason"]) for one in plan["left_out"]] == [("none", "taken")]
    assert [(lost["plot"]["id"], lost["why"], lost["to"]) for lost in plan["left_out"][0]["plots"]] == [
        ("e1", "priority", "high"), ("e2", "priority", "mid"), ("w1", "priority", "low")]


@test
def what_a_park_has_left_is_shared_and_what_is_not_known_is_no_limit(place):
    ledger(place)
    plan = plan_of(place, project("a", 60, f"{EAST}, {power(6000)}") + project("b", 40, f"{EAST}, {power(5000)}")
                   + project("c", 30, power(9000)))
    assert set(placed(plan)) == {"a", "c"} and placed(plan)["c"] == "w1", plan
    out = plan["left_out"][0]
    assert (out["project"], out["reason"]) == ("b", "service"), out
    lost = next(one for one in out["plots"] if one["why"] == "service")
    assert (lost["service"], lost["asks"], lost["left"], lost["used"]) == ("power_left_kva", 5000, 10000, 6000), lost
    parks = {park["id"]: park["services"] for park in plan["parks"]}
    assert parks["east"] == [{"service": "power_left_kva", "used": 6000, "left": 10000}]
    assert parks["west"] == [{"service": "power_left_kva", "used": 9000, "left": None}]
    english = place.good("allocate", "b.yaml", "--db", "a.db", "--lang", "en")
    assert "east has used up its Power left (kVA): it asks 5000, 10000 was left, 6000 went to others" in english, english
    assert "what is left is not known and was no limit" in english
    assert "用完了" in place.good("allocate", "b.yaml", "--db", "a.db", "--lang", "zh")


@test
def two_small_ones_come_before_one_that_uses_all_up(place):
    """By priority alone the large one would go first, and keep out more than it is."""
    ledger(place)
    text = project("large", 60, f"{EAST}, {power(10000)}") + "".join(project(name, 40, f"{EAST}, {power(5000)}") for name in "pq")
    plan = plan_of(place, text)
    assert set(placed(plan)) == {"p", "q"} and plan["optimal"] and plan["priority"] == 80, plan
    assert plan["left_out"][0]["reason"] == "service"
    hurried = plan_of(place, text, "--time-limit", "0")
    assert 60 <= hurried["priority"] <= 80 <= hurried["priority_bound"], hurried
    assert hurried["optimal"] or hurried["score_bound"] is None, hurried
    if not hurried["optimal"]:
        assert "未证明" in place.good("allocate", "b.yaml", "--db", "a.db", "--time-limit", "0")


@test
def who_has_no_plot_is_told_which_condition_excludes_most(place):
    ledger(place)
    plan = plan_of(place, project("vast", 50, "{field: area_m2, min: 900000}, {field: land_use, in: [M1]}"))
    out = plan["left_out"][0]
    assert out["reason"] == "no_plot" and out["most"] == {"n": 0, "condition": "area_m2 >= 900000", "excludes": 3}, out
    assert "area_m2 >= 900000" in place.good("allocate", "b.yaml", "--db", "a.db")


@test
def a_thousand_projects_on_three_plots_are_quick(place):
    ledger(place)
    begun = time.monotonic()
    plan = plan_of(place, "".join(project(f"p{n}", 1 + n % 100, power(1000 + n), CHEAP) for n in range(1000)))
    assert plan["placed_count"] == 3 and plan["optimal"] and plan["priority"] == 300, plan
    assert len(plan["left_out"]) == 997
    assert all(one["reason"] in ("taken", "service") for one in plan["left_out"])
    assert time.monotonic() - begun < 30


@test
def the_same_file_gives_the_same_bytes_and_nothing_else_is_printed(place):
    ledger(place)
    place.write("b.yaml", "".join(project(f"p{n}", 1 + n % 7, power(500 * (n % 9)), CHEAP) for n in range(40)))
    first = place.run("allocate", "b.yaml", "--db", "a.db", "--format", "json")
    assert first[0] == 0 and first[2] == "" and first[1].count("\n") == 1
    assert place.run("allocate", "b.yaml", "--db", "a.db", "--format", "json") == first


@test
def what_is_written_wrong_says_where(place):
    ledger(place)

    def refused(text, zh, en, want=WRONG):
        place.write("b.yaml", text)
        place.bad(want, "allocate", "b.yaml", "--db", "a.db", "--lang", "zh", says=zh)
        place.bad(want, "allocate", "b.yaml", "--db", "a.db", "--lang", "en", says=en)

    refused("- name: [", "YAML 在第 ", "The YAML fails at line ")
    refused("name: a\n", "要一列项目", "line 1, column 1: a list of projects is wanted")
    refused(project("a") + project("b") + project("a"), "有两个项目都叫“a”", "line 5, column 1: two projects are called a")
    refused(project("a") + "- {name: b, prio: 3, brief: {}}\n", "没有“prio”", "line 3, column 1: unknown member: prio")
    refused(project("a", 101), "1 到 100", "line 2, column 1: a priority is a whole number from 1 to 100")
    refused("- {name: a}\n", "要有选址条件", "a project needs a brief")
    refused("- {brief: {}}\n", "1 到 200 字节", "a project needs a name")
    refused("- 7\n", "一个项目要写", "a project is a mapping")
    refused(project("a") + project("b", 50, "{field: aera_m2, min: 1}"), "项目“b”", "Project “b”: ")
    refused(project("x", 50, "{field: area_m2, max: 10}, {field: area_m2, min: 20}"), "项目“x”：“area_m2 <= 10”与", "Project “x”: “area_m2 <= 10”")
    refused("- {name: a, brief: {kind: building}}\n", "只能分配地块", "an allocation is of parcels")
    refused("- {name: a, brief: {where: [{field: area_m2, min: 5}], assemble: {}}}\n", "不拼地", "one plot, no set")
    refused("- {name: a, brief: {where: [{near: {enterprise: ghost}, max: 5}]}}\n", "项目“a”：没有编号为“ghost”的企业", "Project “a”: There is no", NOT_FOUND)
    refused("".join(project(f"p{n}") for n in range(2001)), "项目数超过上限 2000", "projects passes the limit of 2000")
    refused(b"- \xff\xfe\n", "UTF-8", "UTF-8")
    refused("", "空", "it is empty")
    place.write("b.yaml", project("a"))
    place.bad(WRONG, "allocate", "b.yaml", "--db", "a.db", "--time-limit", "-1", says="--time-limit")
    place.bad(WRONG, "allocate", "b.yaml", "--db", "a.db", "--format", "xml", says="table, json")
    place.bad(STORAGE, "allocate", "none.yaml", "--db", "a.db")


if __name__ == "__main__":
    sys.exit(main())
