#!/usr/bin/env python3
"""Filters in both forms of CQL2, wherever a filter is taken."""
import json
import re
from pathlib import Path
from urllib.parse import quote

from harness import equal, main, test

PAIRS = [
    ("land_use IN ('M1','M2') AND area_m2 >= 20000",
     {"op": "and", "args": [{"op": "in", "args": [{"property": "land_use"}, ["M1", "M2"]]},
                            {"op": ">=", "args": [{"property": "area_m2"}, 20000]}]}),
    ("name_zh LIKE '%地%' OR CASEI(name_en) = CASEI('PLOT 1')",
     {"op": "or", "args": [{"op": "like", "args": [{"property": "name_zh"}, "%地%"]},
                           {"op": "=", "args": [{"op": "casei", "args": [{"property": "name_en"}]},
                                                {"op": "casei", "args": ["PLOT 1"]}]}]}),
    ("S_INTERSECTS(geometry, POLYGON((112.8 22,113.2 22,113.2 22.7,112.8 22))) AND gas_state IS NOT NULL",
     {"op": "and", "args": [{"op": "s_intersects", "args": [{"property": "geometry"}, {
         "type": "Polygon", "coordinates": [[[112.8, 22], [113.2, 22], [113.2, 22.7], [112.8, 22]]]}]},
         {"op": "not", "args": [{"op": "isNull", "args": [{"property": "gas_state"}]}]}]}),
    ("T_INTERSECTS(available_from, INTERVAL('2020','..'))",
     {"op": "t_intersects", "args": [{"property": "available_from"}, {"interval": ["2020", ".."]}]}),
]


def asked(path, filter, lang=None):
    text = filter if isinstance(filter, str) else json.dumps(filter)
    return path + ("&" if "?" in path else "?") + "filter=" + quote(text) + (f"&filter-lang={lang}" if lang else "")


@test
def a_filter_answers_the_same_as_text_and_as_json_wherever_it_is_taken(server):
    found = 0
    for text, value in PAIRS:
        for path in ("/api/parcel?limit=200&facets=land_use&sum=area_m2", "/export/parcel.csv", "/export/parcel.geojson",
                     "/tiles/parcel/9/416/222.mvt"):
            plain, as_text, as_json = (server.get(asked(path, text)), server.get(asked(path, text, "cql2-text")),
                                       server.get(asked(path, value, "cql2-json")))
            assert plain.status in (200, 204), plain.body
            equal(as_text.body, plain.body)
            equal((as_json.status, as_json.body), (plain.status, plain.body), path + " " + text)
        found += server.get(asked("/api/parcel", text)).json()["yes"]
        of_text, of_json = (server.post("/api/match", {"filter": one, "taken": True}) for one in (text, value))
        equal(of_text.status, 200)
        kept = lambda answer: {k: v for k, v in answer.json().items() if k != "conditions"}
        equal(kept(of_json), kept(of_text), text)
    assert found > 0


@test
def every_example_of_the_document_means_the_same_in_both_forms(server):
    document = (Path(__file__).parents[2] / "docs/filter.md").read_text()
    pairs = re.findall(r"```cql2-text\n(.*?)```\n```cql2-json\n(.*?)```", document, re.S)
    equal(len(pairs), document.count("```cql2-"  "text"))
    assert len(pairs) > 6
    for text, value in pairs:
        as_text = server.get(asked("/api/parcel?limit=200", text))
        as_json = server.get(asked("/api/parcel?limit=200", value, "cql2-json"))
        equal(as_text.status, 200, as_text.body)
        equal((as_json.status, as_json.body), (200, as_text.body), text)


@test
def a_filter_as_json_is_told_in_a_ranking_as_text(server):
    got = server.post("/api/match", {"filter": PAIRS[0][1], "taken": True}).json()
    equal(got["conditions"][0]["filter"], "land_use IN ('M1', 'M2') AND area_m2 >= 20000")


@test
def what_is_wrong_in_json_is_said_with_its_place(server):
    wrong = [
        ({"op": "and", "args": [True, {"op": "near", "args": []}]}, "ERR_FILTER_JSON", "/args/1/op"),
        ({"op": "=", "args": [{"property": "area_m2"}, "x"]}, "ERR_FILTER_TYPE", "/args/1"),
        ({"op": "=", "args": [{"property": "colour"}, "x"]}, "ERR_FIELD_UNKNOWN", "/args/0"),
        ({"op": "=", "args": [{"property": "area_m2"}]}, "ERR_FILTER_JSON", "/args"),
        ({"op": "=", "args": [5, {"property": "area_m2"}]}, "ERR_FILTER_JSON", "/args/0"),
        ({"op": "in", "args": [{"property": "land_use"}, ["M1", {"op": "x"}]]}, "ERR_FILTER_JSON", "/args/1/1"),
        ({"op": "like", "args": [{"property": "area_m2"}, "a%"]}, "ERR_FILTER_OPERATOR", "/args/1"),
        ({"op": "t_after", "args": [{"property": "available_from"}, {"timestamp": "2023-01-01T00:00:00Z"}]},
         "ERR_FILTER_JSON", "/args/1"),
        ({"op": "s_within", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": [
            [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}]}, "ERR_GEOMETRY", "/args/1"),
        ({"op": "s_within", "args": [{"property": "geometry"}, {"bbox": [1, 2, 3]}]}, "ERR_FILTER_JSON", "/args/1/bbox"),
        ([1, 2], "ERR_FILTER_JSON", ""),
    ]
    for value, code, pointer in wrong:
        for lang in ("zh", "en"):
            got = server.get(asked("/api/parcel?lang=" + lang, value, "cql2-json"))
            equal((got.status, got.code(), got.json()["error"]["args"].get("pointer")), (400, code, pointer), json.dumps(value))
            assert "{" not in got.sentence().split("例：")[0].split(", e.g.")[0].replace('{"', ""), got.sentence()
    got = server.post("/api/match", {"filter": wrong[0][0]})
    equal((got.code(), got.json()["error"]["args"]["pointer"]), ("ERR_FILTER_JSON", "/filter/args/1/op"))
    equal(server.get("/api/parcel?filter=%7B&filter-lang=cql2-json").code(), "ERR_JSON")


@test
def a_form_that_there_is_not_is_refused(server):
    for path in ("/api/parcel", "/export/parcel.csv", "/tiles/parcel/9/416/222.mvt"):
        got = server.get(path + "?filter=TRUE&filter-lang=cql")
        equal((got.status, got.code()), (400, "ERR_PARAM"))
        assert "cql2-json" in got.sentence(), got.sentence()


@test
def a_polygon_that_crosses_itself_says_where(server):
    got = server.get(asked("/api/parcel", "S_WITHIN(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))"))
    equal((got.status, got.code()), (400, "ERR_GEOMETRY"))
    assert "1 1" in got.sentence(), got.sentence()


main()
