#!/usr/bin/env python3
"""GET /api/search: what is found, in which order, by what, and what is not."""
from urllib.parse import quote

from harness import Ledger, Server, equal, main, test, until

FIRMS = """id,name_zh,name_en,how,aliases,former_names,uscc,region,as_of,geometry
e-1,江门市凤山湖半导体有限公司,Fengshan Semiconductor,reported,凤湖半导,江门乙厂,91440705MA4UABCD5X,440705,2022-11-30,POINT(112.9 22.4)
e-2,厦门重工,Xiamen Heavy,,,,,440705,2022-11-30,
"""
PARKS = "id,name_zh,name_en,regions,as_of\nfs,凤山湖,,440705,2022-11-30\nfs-2,凤山湖园区,Élan Park,440705,2022-11-30\n"


def world(folder):
    ledger = Ledger(folder)
    ledger.add("park", PARKS, "s-paper")
    ledger.add("enterprise", FIRMS, "s-paper")
    return ledger


def search(server, text, more=""):
    return server.get(f"/api/search?q={quote(text)}{more}").json()


def found(answer):
    return [(group["kind"], [item["id"] for item in group["items"]]) for group in answer["groups"]]


@test
def each_way_of_typing_finds_the_same_things(folder):
    server = Server(world(folder))
    try:
        for text in ("凤山湖", "鳳山湖", "fengshanhu", "feng shan hu", "FengShanHu", "凤shanhu", "fshanhu", "ｆｓｈ"):
            got = found(search(server, text))
            equal(got, [("park", ["fs", "fs-2"]), ("enterprise", ["e-1"])], text)
        equal(found(search(server, "xiamen", "&kinds=enterprise")), [("enterprise", ["e-2"])])
        equal(found(search(server, "chonggong")), [])
        equal(found(search(server, "elan")), [("park", ["fs-2"])])
        equal(found(search(server, "440705"))[0], ("region", ["440705"]))
        equal(found(search(server, "91440705")), [("enterprise", ["e-1"])])
        equal(found(search(server, "半导")), [("enterprise", ["e-1"])])
    finally:
        equal(server.stop(), 0)


@test
def a_park_comes_before_its_plots_and_what_is_reported_before_samples(folder):
    ledger = Ledger(folder)
    ledger.add("park", "id,name_zh,how,regions,as_of\nfs,新会凤山湖园区,reported,440705,2022-11-30\n", "s-paper")
    ledger.add("parcel", "id,name_zh,how,region,as_of\np-1,凤山湖 A-01,reported,440705,2022-11-30\n", "s-paper")
    ledger.add("enterprise", "id,name_zh,how,region,as_of\ne-1,凤山湖电子,illustrative,440705,2022-11-30\n", "s-paper")
    server = Server(ledger)
    try:
        for text in ("凤山湖", "fengshanhu"):
            equal([kind for kind, _ in found(search(server, text))], ["park", "parcel", "enterprise"], text)
    finally:
        equal(server.stop(), 0)


@test
def the_largest_enterprises_come_first_and_one_called_exactly_so_before_them(folder):
    ledger = Ledger(folder)
    ledger.add("enterprise", "id,name_zh,capital_fen,region,as_of\ne-1,凤山湖电子,500,440705,2022-11-30\n"
               "e-2,新会凤山湖科技,900,440705,2022-11-30\ne-3,凤山湖,1,440705,2022-11-30\ne-4,凤山湖物流,,440705,2022-11-30\n", "s-paper")
    server = Server(ledger)
    try:
        for text in ("凤山湖", "fengshanhu"):
            equal(found(search(server, text)), [("enterprise", ["e-3", "e-2", "e-1", "e-4"])], text)
    finally:
        equal(server.stop(), 0)


@test
def what_matched_is_told_with_its_place(folder):
    server = Server(world(folder))
    try:
        item = search(server, "banda", "&kinds=enterprise")["groups"][0]["items"][0]
        equal(item, {"id": "e-1", "kind": "enterprise", "name_zh": "江门市凤山湖半导体有限公司", "name_en": "Fengshan Semiconductor",
                     "how": "reported", "region": "440705", "anchor": [112.9, 22.4],
                     "matched": {"by": "pinyin", "text": "江门市凤山湖半导体有限公司", "from": 6, "to": 8},
                     "pinyin": "jiang men shi feng shan hu ban dao ti you xian gong si"})
        for text, by, told, place in (("fenghub", "alias", "凤湖半导", (0, 3)), ("乙", "former", "江门乙厂", (2, 3)),
                                      ("ma4u", "code", "91440705MA4UABCD5X", (8, 12)), ("semi", "name", "Fengshan Semiconductor", (9, 13))):
            matched = search(server, text, "&kinds=enterprise")["groups"][0]["items"][0]["matched"]
            equal(matched, {"by": by, "text": told, "from": place[0], "to": place[1]}, text)
    finally:
        equal(server.stop(), 0)


@test
def the_total_counts_what_the_limit_leaves_out(server):
    group = search(server, "地块", "&limit=3&kinds=parcel")["groups"][0]
    equal((group["total"], [item["id"] for item in group["items"]]), (24, ["plot-000", "plot-001", "plot-002"]))


@test
def what_was_tried_is_told_where_nothing_is_found(server):
    equal(search(server, "查无此名"), {"q": "查无此名", "tried": ["name", "alias", "former", "code"], "groups": []})
    equal(search(server, "zzzz")["tried"], ["name", "pinyin", "initials", "alias", "former", "code"])


@test
def a_wrong_question_is_refused_with_a_sentence(server):
    for path, status, code in (("/api/search", 400, "ERR_PARAM"), ("/api/search?q=%20", 400, "ERR_PARAM"),
                               ("/api/search?q=" + quote("湖" * 101), 413, "ERR_LIMIT"),
                               ("/api/search?q=a&limit=51", 400, "ERR_PARAM"), ("/api/search?q=a&kinds=colour", 400, "ERR_KIND_UNKNOWN"),
                               ("/api/search?q=a&kind=park", 400, "ERR_PARAM_UNKNOWN")):
        got = server.get(path)
        equal((got.status, got.code()), (status, code), path)
        assert "ERR_" not in got.sentence()
    equal(server.get("/api/search?q=" + quote("湖" * 100)).status, 200)


@test
def a_commit_is_found_and_what_is_not_public_is_not(folder):
    ledger = world(folder)
    server = Server(ledger)
    try:
        ledger.add("park", "id,name_zh,visibility,as_of\nhidden,密园,staff,2022-11-30\nseen,新开园,public,2022-11-30\n", "s-paper")
        until(lambda: found(search(server, "xinkaiyuan")) == [("park", ["seen"])], "the commit is found")
        for text in ("密园", "miyuan", "my", "hidden", "密"):
            equal(found(search(server, text, "&kinds=park")), [], text)
    finally:
        equal(server.stop(), 0)


main()
