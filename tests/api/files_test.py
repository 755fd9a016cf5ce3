#!/usr/bin/env python3
"""Lists taken away as files: CSV for a spreadsheet, GeoJSON for a map."""
import csv
import io
from urllib.parse import quote

from harness import Ledger, Server, equal, main, run, test


def rows(server, path):
    return list(csv.DictReader(io.StringIO(server.get(path).body.decode("utf-8-sig"))))


@test
def a_list_is_had_as_a_file_with_its_sources(server):
    got = server.get("/export/parcel.csv?sort=-area_m2&filter=" + quote("land_use = 'M1'"))
    equal(got.headers["content-disposition"], 'attachment; filename="parcels.csv"')
    text = got.body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    listed = server.get("/api/parcel?limit=200&sort=-area_m2&filter=" + quote("land_use = 'M1'")).json()["items"]
    equal([row["id"] for row in rows], [one["id"] for one in listed if not one.get("maybe")])
    equal({row["sources"] for row in rows}, {"s-bureau"})
    assert all(row["as_of"] and row["how"] for row in rows)
    features = server.get("/export/parcel.geojson?bbox=112.84,22.1,112.9,22.6").json()["features"]
    assert features and all(one["properties"]["sources"] == "s-bureau" and one["geometry"]["type"] == "Polygon" for one in features)
    equal(server.get("/export/colour.csv").status, 404)
    equal(server.get("/export/parcel.csv?filter=nonsense").status, 400)


@test
def a_text_like_a_formula_is_no_formula_in_a_file(folder):
    ledger = Ledger(folder)
    starts = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "甲=1", "'quoted"]
    ledger.add("park", "id,name_zh,as_of\n" + "".join(f"form-{n},{text},2022-11-30\n" for n, text in enumerate(starts)) +
               "-key,名,2022-11-30\n", "s-paper")
    ledger.add("indicator", "id,value_unit,as_of\nind,count,2022-11-30\n", "s-paper")
    ledger.add("observation", "id,indicator,value,as_of\nobs,ind,-5,2022-11-30\n", "s-paper")
    server = Server(ledger)
    try:
        names = {row["id"]: row["name_zh"] for row in rows(server, "/export/park.csv")}
        equal([names[f"form-{n}"] for n in range(len(starts))],
              ["'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(1)", "甲=1", "'quoted"])
        assert "'-key" in names, names
        equal(rows(server, "/export/observation.csv")[0]["value"], "-5", "a number below zero is a number")
        kept = {one["id"]: one["properties"] for one in server.get("/export/park.geojson").json()["features"]}
        equal(kept["form-0"]["name_zh"], "=HYPERLINK(1)", "GeoJSON is not opened in a spreadsheet")
    finally:
        equal(server.stop(), 0)


@test
def a_file_has_what_its_reader_may_see_and_says_of_which_day(server):
    heading = server.get("/export/parcel.csv").body.decode("utf-8-sig").splitlines()[0].split(",")
    assert {"id", "how", "area_m2", "lon", "lat", "as_of", "sources", "sample"} <= set(heading), heading
    assert not {"promised_to", "visibility"} & set(heading)
    plot = next(row for row in rows(server, "/export/parcel.csv") if row["id"] == "plot-004")
    equal((plot["price_fen_m2"], plot["as_of"], plot["sources"]), ("withheld", "2022-11-15", "s-bureau"))


@test
def a_list_too_long_for_a_file_is_refused_with_its_limit(folder):
    ledger = Ledger(folder)
    ledger.add("event", "id,name_zh,region,as_of\n" + "".join(f"e-{n:05d},活动{n},{'440705' if n % 2 else '440700'},2022-11-30\n"
                                                             for n in range(20001)), "s-paper")
    server = Server(ledger)
    try:
        for ending in ("csv", "geojson"):
            got = server.get(f"/export/event.{ending}?lang=en")
            equal((got.status, got.code(), got.json()["error"]["args"]["limit"]), (413, "ERR_LIMIT", "20000"))
            assert "20000" in got.sentence() and "content-disposition" not in got.headers
        equal(len(rows(server, "/export/event.csv?filter=" + quote("region = '440705'"))), 10000)
    finally:
        equal(server.stop(), 0)


main()
