#!/usr/bin/env python3
"""Every route answers as docs/api.md says."""
import csv
import gzip
import io
import json
import pathlib
import pathlib
import re
import subprocess
from urllib.parse import quote

from harness import LIANPU, Server, Ledger, equal, main, run, test

ROUTES = json.loads(subprocess.run([LIANPU, "routes"], capture_output=True, check=True).stdout)


@test
def every_example_of_the_table_of_routes_is_answered(server):
    for route in ROUTES:
        for example in route["examples"]:
            got = server.post(route["pattern"], example) if route["method"] == "POST" else server.get(example)
            allowed = (200, 204, 404) if "none" in example or "pmtiles" in example else (200, 204)
            if got.status not in allowed:
                raise AssertionError(f"{example}: {got.status} {got.body[:300]}")


@test
def meta_tells_name_extent_date_and_counts(server):
    meta = server.get("/api/meta").json()
    equal(meta["today"], "2022-12-01")
    equal(meta["as_of"], "2022-11-30")
    equal(meta["illustrative"], True)
    equal(meta["kinds"]["parcel"], {"count": 24, "illustrative": 5})
    equal(meta["map_approval"], None)
    west, south, east, north = meta["box"]
    assert west <= 112 and south <= 21.5 and east >= 113.4 and north >= 22.9, meta["box"]


@test
def name_and_map_approval_are_configuration(folder):
    server = Server(Ledger(folder, sample=False), "--name-zh", "甲市", "--name-en", "City A", "--map-approval", "粤S(2022)001号")
    try:
        meta = server.get("/api/meta").json()
        equal(meta["name"], {"zh": "甲市", "en": "City A"})
        equal(meta["map_approval"], "粤S(2022)001号")
    finally:
        equal(server.stop(), 0)


@test
def the_model_has_only_public_fields(server):
    model = server.get("/api/model").json()
    names = [field["name"] for field in model["kinds"]["parcel"]["fields"]]
    assert "area_m2" in names and "promised_to" not in names and "visibility" not in names, names
    area = next(f for f in model["kinds"]["parcel"]["fields"] if f["name"] == "area_m2")
    equal(area["unit"], "m2")
    equal(area["decimals"], 2)
    assert "visibility" not in model["lists"]
    offers = {c["code"]: c["offer"] for c in model["lists"]["land_state"]["codes"]}
    equal((offers["serviced"], offers["promised"], offers["supplied"]), ("open", "promised", "closed"))


@test
def a_list_gives_the_true_then_the_maybe(server):
    got = server.get("/api/parcel?filter=" + quote("area_m2 >= 100000") + "&limit=200").json()
    equal(got["total"], 24)
    equal([i["id"] for i in got["items"] if not i.get("maybe")],
          sorted(i["id"] for i in got["items"] if not i.get("maybe")))
    equal(got["yes"], sum(1 for i in got["items"] if not i.get("maybe")))
    equal(got["maybe"], sum(1 for i in got["items"] if i.get("maybe")))
    equal(got["maybe"], 4, "plots without an area may be large enough")
    for item in got["items"]:
        assert item.get("maybe") or item["fields"]["area_m2"] >= 100000
        assert not item.get("maybe") or "area_m2" not in item["fields"]


@test
def pages_of_a_list_together_are_the_whole_list(server):
    for sort in ("", "&sort=area_m2", "&sort=-area_m2", "&sort=name_zh", "&sort=-available_from"):
        for where in ("", "&filter=" + quote("power_left_kva > 3000")):
            whole = [i["id"] for i in server.get(f"/api/parcel?limit=200{sort}{where}").json()["items"]]
            parts = []
            for offset in range(0, 30, 7):
                parts += [i["id"] for i in server.get(f"/api/parcel?limit=7&offset={offset}{sort}{where}").json()["items"]]
            equal(parts, whole, sort + where)


@test
def a_sorted_list_has_the_unknown_last_both_ways(server):
    for sort in ("area_m2", "-area_m2"):
        items = server.get(f"/api/parcel?limit=200&sort={sort}").json()["items"]
        areas = [i["fields"].get("area_m2") for i in items]
        known = [a for a in areas if a is not None]
        equal(areas, known + [None] * (len(areas) - len(known)))
        equal(known, sorted(known, reverse=sort[0] == "-"))


@test
def facets_count_what_the_filter_and_the_box_leave(server):
    got = server.get("/api/parcel?facets=land_use,park&limit=200&bbox=112.8,22.1,112.95,22.3").json()
    for facet in ("land_use", "park"):
        counts = {}
        for item in got["items"]:
            counts[item["fields"][facet]] = counts.get(item["fields"][facet], 0) + 1
        equal({b["value"]: b["count"] for b in got["facets"][facet]}, counts)
    assert got["total"] == got["yes"] < 24
    parks = server.get("/api/park?facets=tiers").json()["facets"]["tiers"]
    equal([(b["value"], b["count"]) for b in parks], [("pilot_zone", 1), ("characteristic", 1), ("industrial", 1)])


@test
def an_entity_comes_with_shape_names_and_states(server):
    plot = server.get("/api/parcel/plot-004").json()
    equal(plot["geometry"]["type"], "Polygon")
    equal(plot["refs"]["park-a"], {"name_zh": "甲园区", "name_en": "Park A", "kind": "park"})
    equal(plot["states"]["price_fen_m2"], "withheld")
    equal(plot["as_of"], "2022-11-15")
    assert "price_fen_m2" not in plot["fields"] and plot["fields"]["port_m"] > 0
    region = server.get("/api/region/440705").json()
    equal(region["box"], [112.8, 22.1, 113.2, 22.6])


@test
def why_names_the_source_the_day_and_the_place_in_it(server):
    why = server.get("/api/park/park-a/why").json()["fields"]["name_zh"]
    equal(why["value"], "甲园区")
    equal(why["source"]["id"], "s-paper")
    equal(why["source"]["name_en"], "The daily")
    equal((why["as_of"], why["locator"], why["why"], why["others"]), ("2022-11-30", "第3段", "only", []))
    port = server.get("/api/parcel/plot-001/why?field=port_m").json()["fields"]["port_m"]
    equal(port["derived"], "distance")
    assert port["to"]["id"] in ("port-1", "port-2")


@test
def why_tells_what_was_not_used_and_by_which_rule(folder):
    ledger = Ledger(folder)
    ledger.add("parcel", "id,area_m2,as_of\nplot-001,99999,2022-11-30\n", "s-paper")
    server = Server(ledger)
    try:
        area = server.get("/api/parcel/plot-001/why?field=area_m2").json()["fields"]["area_m2"]
        equal((area["value"], area["why"]), (25000, "authority"))
        equal([(o["value"], o["source"]["id"], o["lost"]) for o in area["others"]], [(99999, "s-paper", "authority")])
    finally:
        equal(server.stop(), 0)


BRIEF = {"where": [{"field": "land_use", "in": ["M1", "M2"]}, {"field": "area_m2", "min": 30000},
                   {"field": "power_left_kva", "min": 2000}, {"field": "port_m", "max": 60000}],
         "weigh": [{"field": "price_fen_m2", "weight": 30, "better": "less"},
                   {"field": "area_m2", "weight": 10, "better": "more"}], "top": 200}


@test
def a_match_balances_and_its_parts_add_up(server):
    got = server.post("/api/match", BRIEF).json()
    equal(got["candidates"], got["fit"] + got["unknown"] + got["near"] + got["excluded"])
    equal(got["candidates"], 24)
    assert got["fit"] == len(got["sites"]) > 0 and got["unknown"] == len(got["unknowns"]) > 0
    equal([c["n"] for c in got["conditions"]], list(range(5)))
    assert got["conditions"][4]["offer"] is True
    equal(sum(t["share"] for t in got["terms"]), 100)
    for site in got["sites"] + got["unknowns"]:
        equal(round(sum(p for p in site["parts"] if p is not None), 2), site["score"])
    equal([s["rank"] for s in got["sites"]], list(range(1, got["fit"] + 1)))
    assert all(s["entity"]["fields"]["land_state"] != "promised" for s in got["sites"]), "promised is never fit"
    assert all(u["asks"] for u in got["unknowns"])


@test
def what_a_park_itself_is_asked_is_owed_by_its_office_not_by_the_plots(folder):
    ledger = Ledger(folder)
    ledger.add("parcel", "id,land_state,park,office_zh,as_of\nlone-1,serviced,park-a,甲局,2022-11-30\n", "s-bureau")
    server = Server(ledger)
    try:
        def asked(*where):
            got = server.post("/api/match", {"where": where, "top": 200}).json()
            return next((u["asks"], u["office"]["zh"]) for u in got["unknowns"] if u["entity"]["id"] == "lone-1")

        admits, price = {"field": "park.admits", "in": ["battery.cell"]}, {"field": "price_fen_m2", "max": 90000}
        equal(asked(admits), ([0], "甲园区招商部门"))
        equal(asked(price, admits), ([0, 1], "甲局"))
    finally:
        equal(server.stop(), 0)


@test
def a_match_says_who_is_near_and_what_a_change_would_gain(server):
    asking = {**BRIEF, "where": [{"field": "area_m2", "min": 60000}, {"field": "port_m", "max": 12000},
                                {"field": "land_use", "in": ["M1"]}]}
    got = server.post("/api/match", asking).json()
    assert got["near"] == len(got["near_misses"]) == sum(c["near"] for c in got["conditions"]) > 0
    for miss in got["near_misses"]:
        if "end" in miss:
            condition, value = got["conditions"][miss["n"]], miss["entity"]["fields"][got["conditions"][miss["n"]]["field"]]
            end = condition[miss["end"]]
            equal(round(abs(value - end), 2), miss["by"])
    for change in got["relaxations"]:
        brief = json.loads(json.dumps(asking))
        asked = brief["where"][change["n"]]
        for gain in [change] if "add" in change else [change["least"], change.get("step", change["least"])]:
            if "add" in change:
                asked["in"] = asked["in"] + [change["add"]]
            else:
                asked[change["end"]] = gain["to"]
            equal(server.post("/api/match", brief).json()["fit"], got["fit"] + gain["gains"])
    assert got["relaxations"] and got["ordered_by"] == "score"
    equal(sum(ask["gains"] for ask in got["ask"]) <= got["unknown"], True)
    equal(len(got["robust"]["each"]), got["robust"]["trials"])
    for trial in got["robust"]["each"]:
        equal(trial["first"], got["sites"][trial["rank"] - 1]["entity"]["id"])


@test
def a_site_says_what_its_start_waits_for(server):
    got = server.post("/api/match", {"where": [], "top": 200}).json()
    for site in got["sites"] + got["unknowns"]:
        start = site["start"]
        equal((start["steps"][0]["what"], start["steps"][-1]["what"]), ("land", "handover"))
        equal(start["whole"], all(step["done"] or "due" in step for step in start["steps"]))
        assert all("office" in step for step in start["steps"] if step["done"] is not True)


@test
def conditions_that_contradict_each_other_are_both_named(server):
    got = server.post("/api/match?lang=en", {"where": [{"field": "area_m2", "max": 6667}, {"field": "area_m2", "min": 133333}]})
    equal((got.status, got.code()), (400, "ERR_CONTRADICTION"))
    equal(got.json()["error"]["args"], {"first": "area_m2 <= 6667", "second": "area_m2 >= 133333", "first_n": "0", "second_n": "1"})
    equal(got.sentence(), "“area_m2 <= 6667” and “area_m2 >= 133333” cannot both hold; change one.")


@test
def plots_side_by_side_are_put_together_to_meet_an_area(folder):
    ledger = Ledger(folder)
    rows = ["id,land_state,area_m2,price_fen_m2,available_from,office_zh,as_of,geometry"]
    for n, (state, area, office) in enumerate((("serviced", 60000, "甲局"), ("banked", 70000, "乙局"), ("raw", 90000, "甲局"),
                                               ("supplied", 90000, "甲局"))):
        west = 112.5 + 0.0030 * n + (0.0002 if n == 2 else 0)  # some 20 m of road before the third
        ring = ",".join(f"{west + dx:.6f} {22.6 + dy:.6f}" for dx, dy in ((0, 0), (0.003, 0), (0.003, 0.002), (0, 0.002), (0, 0)))
        rows.append(f'side-{n},{state},{area},{40000 + 100 * n},2023-0{n + 1},{office},2022-11-30,"POLYGON(({ring}))"')
    ledger.add("parcel", "\n".join(rows) + "\n", "s-bureau")
    server = Server(ledger)
    try:
        brief = {"where": [{"field": "area_m2", "min": 200000}], "assemble": {"gap_m": 30, "max_plots": 12},
                 "weigh": [{"field": "price_fen_m2", "weight": 1, "better": "less"}]}
        got = server.post("/api/match", brief).json()
        plain = server.post("/api/match", {k: v for k, v in brief.items() if k != "assemble"}).json()
        assert "sets" not in plain
        for name in ("candidates", "fit", "unknown", "near", "excluded", "sites", "near_misses"):
            equal(got[name], plain[name], name)
        equal((got["assemble"]["gap_m"], got["assemble"]["max_plots"], got["assemble"]["n"]), (30, 12, 0))
        equal((got["sets_count"], got["sets_bounded"], len(got["sets"])), (1, False, 1))
        only = got["sets"][0]
        equal([plot["id"] for plot in only["plots"]], ["side-0", "side-1", "side-2"])
        equal((only["rank"], only["area_m2"], only["exact"]), (1, 220000, True))
        assert 20 < only["gap"] < 21 and 0.97 < only["compactness"] < 0.98, only
        equal(only["values"], [(40000 * 60000 + 40100 * 70000 + 40200 * 90000) // 220000])
        equal(only["owners"], [{"office": {"zh": "甲局", "en": "甲局"}, "plots": 2}, {"office": {"zh": "乙局", "en": "乙局"}, "plots": 1}])
        equal(only["states"], [{"state": s, "plots": 1} for s in ("serviced", "banked", "raw")])
        steps = [(step["plot"], step["due"]) for step in only["start"]["steps"] if step["what"] == "handover"]
        equal(steps, [(0, "2023-01"), (1, "2023-02"), (2, "2023-03")])
        equal(only["start"]["earliest"], "2023-03-31")
        assert all(step["done"] is not True for step in only["start"]["steps"])
        equal(server.post("/api/match", {**brief, "assemble": {"gap_m": 19}}).json()["sets"], [])
        equal(server.post("/api/match", {"where": [], "assemble": {}}).status, 400)
        equal(server.post("/api/match", brief).body, server.post("/api/match", brief).body)
    finally:
        equal(server.stop(), 0)


@test
def a_promised_plot_is_unknown_and_says_until_when(server):
    got = server.post("/api/match", {"where": [], "top": 200}).json()
    promised = [u for u in got["unknowns"] if u["entity"]["fields"].get("land_state") == "promised"]
    assert all(s["entity"]["fields"]["land_state"] != "promised" for s in got["sites"])
    assert promised and all({"code": "promised", "until": "2022-12-31"} in u["warnings"] for u in promised)


@test
def a_match_with_a_filter_counts_it_as_a_condition(server):
    got = server.post("/api/match", {**BRIEF, "filter": "park = 'park-a'"}).json()
    equal(got["conditions"][5]["filter"], "park = 'park-a'")
    equal(got["candidates"], got["fit"] + got["unknown"] + got["near"] + got["excluded"])


@test
def warnings_say_what_is_sample_stale_due_or_unknown(server):
    got = server.post("/api/match", {"where": [{"field": "power_left_kva", "min": 0}], "taken": True, "top": 200,
                                     "weigh": [{"field": "price_fen_m2", "weight": 1, "better": "less"}]}).json()
    codes = {}
    for site in got["sites"] + got["unknowns"]:
        for warning in site["warnings"]:
            codes.setdefault(warning["code"], []).append((site["entity"]["id"], warning))
    assert ("plot-005", {"code": "illustrative"}) in codes["illustrative"]
    assert ("plot-009", {"code": "stale", "as_of": "2022-05-01", "refresh_d": 180}) in codes["stale"]
    assert ("plot-008", {"code": "service_due", "field": "power_in_service", "value": "2023-03"}) in codes["service_due"]
    assert ("plot-004", {"code": "unknown_term", "field": "price_fen_m2"}) in codes["unknown_term"]


@test
def the_same_question_gives_the_same_bytes(server):
    equal(server.post("/api/match", BRIEF).body, server.post("/api/match", BRIEF).body)
    equal(server.get("/api/parcel?facets=land_use").body, server.get("/api/parcel?facets=land_use").body)


@test
def tiles_hold_the_rows_and_are_empty_elsewhere(server):
    here = server.get("/tiles/parcel/12/3333/1787.mvt")
    low = server.get("/tiles/parcel/5/26/13.mvt")
    equal(low.headers["content-type"], "application/vnd.mapbox-vector-tile")
    assert b"parcel" in low.body and b"count" in low.body
    assert here.status in (200, 204)
    nothing = server.get("/tiles/parcel/5/0/0.mvt")
    equal((nothing.status, nothing.body), (204, b""))


@test
def every_get_answers_304_to_its_own_tag_whatever_the_encoding(server):
    for path in ("/", "/match", "/api/meta", "/api/model", "/api/parcel?limit=200", "/api/parcel/plot-001",
                 "/api/parcel/plot-001/why", "/tiles/parcel/5/26/13.mvt"):
        for encoding in ("identity", "gzip", "br"):
            first = server.get(path, Accept_Encoding=encoding)
            equal(first.status, 200, path)
            again = server.get(path, Accept_Encoding=encoding, If_None_Match=first.headers["etag"])
            equal((again.status, again.body), (304, b""), path)
            equal(again.headers["etag"], first.headers["etag"])
            other = server.get(path, Accept_Encoding=encoding, If_None_Match='"nothing", W/"else"')
            equal((other.status, other.body), (200, first.body), path)


@test
def encodings_hold_the_same_content_and_q_values_count(server):
    plain = server.get("/api/model")
    assert "content-encoding" not in plain.headers
    zipped = server.get("/api/model", Accept_Encoding="gzip")
    equal(zipped.headers["content-encoding"], "gzip")
    equal(gzip.decompress(zipped.body), plain.body)
    brotli = server.get("/api/model", Accept_Encoding="gzip;q=0.5, br")
    equal(brotli.headers["content-encoding"], "br")
    unpacked = subprocess.run(["brotli", "-dc"], input=brotli.body, capture_output=True, check=True).stdout
    equal(unpacked, plain.body)
    equal(server.get("/api/model", Accept_Encoding="br;q=0, gzip;q=0").body, plain.body)
    equal(len({a.headers["etag"] for a in (plain, zipped, brotli)}), 3)
    equal(zipped.headers["vary"], "Accept-Encoding")


@test
def head_is_get_without_its_body(server):
    for path in ("/", "/api/meta", "/api/parcel?limit=3", "/api/parcel/none"):
        get, head = server.get(path, X_Request_Id="r"), server.request("HEAD", path, headers={"X-Request-Id": "r"})
        equal((head.status, head.body), (get.status, b""))
        for name in ("etag", "content-length", "content-type"):
            equal(head.headers.get(name), get.headers.get(name), f"{path} {name}")


@test
def every_answer_has_the_headers_that_keep_the_page_safe(server):
    for path in ("/", "/api/meta", "/nothing", "/api/parcel/none"):
        headers = server.get(path).headers
        policy = headers["content-security-policy"]
        for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert part in policy, policy
        assert "unsafe" not in policy
        equal(headers["x-content-type-options"], "nosniff")
        equal(headers["referrer-policy"], "no-referrer")
        assert "server" not in headers


@test
def a_request_id_comes_back_and_one_is_made_when_there_is_none(server):
    equal(server.get("/api/meta", X_Request_Id="abc-1").headers["x-request-id"], "abc-1")
    made = server.get("/nothing")
    assert re.fullmatch("[0-9a-f]{32}", made.headers["x-request-id"])
    equal(made.json()["request"], made.headers["x-request-id"])
    assert server.get("/api/meta", X_Request_Id="a b<script>").headers["x-request-id"] != "a b<script>"


@test
def the_files_of_the_page_never_change_under_their_name(server):
    for name in re.findall(r'(?:src|href)="(/assets/[^"]+)"', server.get("/").body.decode()):
        got = server.get(name)
        equal(got.status, 200, name)
        assert "immutable" in got.headers["cache-control"]


@test
def metrics_count_requests_by_route_and_status(server):
    server.get("/api/parcel/none")
    text = server.get("/metrics").body.decode()
    assert re.search(r'lianpu_requests_total\{method="GET",route="/api/\{kind\}/\{id\}",status="404"\} \d+', text)
    assert 'lianpu_atlas_rows{kind="parcel"} 24' in text
    for line in text.splitlines():
        assert line.startswith("#") or re.fullmatch(r'[a-z_]+(\{[^}]*\}|\{.*\})? [0-9.e+-]+', line), line


@test
def the_document_describes_every_route(server):
    document = run("api-doc").stdout
    for route in ROUTES:
        assert f"## {route['method']} {route['pattern']}" in document


@test
def numbers_are_added_up_in_all_and_by_value(server):
    got = server.get("/api/parcel?limit=0&sum=area_m2,power_left_kva&facets=land_use,land_state").json()
    rows = server.get("/api/parcel?limit=200").json()["items"]
    areas = [row["fields"]["area_m2"] for row in rows if "area_m2" in row["fields"]]
    equal(got["sums"]["area_m2"], {"sum": sum(areas), "known": len(areas), "unknown": len(rows) - len(areas)})
    for bucket in got["facets"]["land_use"]:
        of = [row for row in rows if row["fields"].get("land_use") == bucket["value"]]
        equal((bucket["count"], bucket["sums"]["area_m2"]), (len(of), sum(row["fields"].get("area_m2", 0) for row in of)))
    equal(got["unknown"]["land_state"], sum(1 for row in rows if "land_state" not in row["fields"]))
    assert got["unknown"]["land_state"] > 0


@test
def the_least_and_the_greatest_are_told_in_all_and_by_value(server):
    got = server.get("/api/parcel?limit=0&range=price_fen_m2,height_max_m&facets=park").json()
    rows = server.get("/api/parcel?limit=200").json()["items"]

    def of(field, some):
        known = [row["fields"][field] for row in some if field in row["fields"]]
        return {"least": min(known), "most": max(known)} if known else None

    equal(got["ranges"], {field: of(field, rows) for field in ("price_fen_m2", "height_max_m")})
    assert got["ranges"]["price_fen_m2"]["least"] < got["ranges"]["price_fen_m2"]["most"]
    for bucket in got["facets"]["park"]:
        some = [row for row in rows if row["fields"].get("park") == bucket["value"]]
        equal(bucket["ranges"]["price_fen_m2"], of("price_fen_m2", some), bucket["value"])
    equal(server.get("/api/parcel?limit=0&filter=area_m2=1&range=area_m2").json()["ranges"], {"area_m2": None})


@test
def a_sum_of_what_is_no_number_is_refused(server):
    for param in ("range=name_zh", "range=area_m2,area_m2", "sum=name_zh", "sum=land_use", "sum=area_m2,area_m2", "sum=colour"):
        equal(server.get(f"/api/parcel?{param}").status, 400, param)
    equal(server.get("/api/parcel?sum=area_m2,price_fen_m2,power_left_kva,far_max,port_m").status, 413)


@test
def what_refers_to_a_park_is_told_kind_by_kind(server):
    got = server.get("/api/park/park-a/links?limit=3").json()
    equal([(link["kind"], link["field"]) for link in got["links"]], [("parcel", "park")])
    parcels = got["links"][0]
    equal(parcels["total"], server.get("/api/parcel?limit=0&filter=" + quote("park = 'park-a'")).json()["yes"])
    equal([one["id"] for one in parcels["items"]], ["plot-001", "plot-002", "plot-004"])
    equal(server.get("/api/park/none/links").status, 404)


@test
def a_ledgers_own_code_lists_are_in_every_answer(folder):
    ledger = Ledger(folder)
    lists = pathlib.Path(folder) / "lists.yaml"
    lists.write_text("park_tier: [industrial, {code: town_park, zh: 镇街园区, en: Town park}, pilot_zone,"
                     " {code: characteristic, zh: 特色园, en: Special park}]\n"
                     "land_state: [serviced, advertised, supplied, {code: kept, zh: 留白, en: Kept back, offer: closed},"
                     " {code: promised, zh: 已有意向, en: Spoken for}]\n", encoding="utf-8")
    run("lists", lists, "--db", ledger.path)
    ledger.add("park", "id,tiers,as_of\npark-b,镇街园区,2022-11-30\n", "s-bureau")
    ledger.add("parcel", "id,land_state,as_of\nplot-000,kept,2022-11-30\n", "s-bureau")
    server = Server(ledger)
    try:
        model = server.get("/api/model").json()["lists"]
        equal([code["code"] for code in model["park_tier"]["codes"]], ["industrial", "town_park", "pilot_zone", "characteristic"])
        equal(model["park_tier"]["codes"][3]["label"], {"zh": "特色园", "en": "Special park"})
        equal([code["offer"] for code in model["land_state"]["codes"]], ["open", "open", "closed", "closed", "promised"])
        equal([one["id"] for one in server.get("/api/park?filter=" + quote("tiers = 'town_park'")).json()["items"]], ["park-b"])
        equal(server.get("/api/park?filter=" + quote("tiers = 'chemical'")).status, 400)
        facets = server.get("/api/park?facets=tiers").json()["facets"]["tiers"]
        equal([one["value"] for one in facets], ["town_park", "pilot_zone", "characteristic"])
        assert "镇街园区" in server.get("/parks/park-b").body.decode() and "Town park" in server.get("/parks?lang=en").body.decode()
        states = [one["fields"].get("land_state") for one in server.get("/api/parcel?limit=200&sort=land_state").json()["items"]]
        order = ["serviced", "advertised", "supplied", "kept", "promised", None]
        equal(states, sorted(states, key=order.index))
        brief = {"where": [{"field": "land_use", "in": ["M1"]}], "weigh": [{"field": "area_m2", "weight": 1, "better": "more"}]}
        ranked = server.post("/api/match", brief).json()
        assert "plot-000" not in [site["entity"]["id"] for site in ranked["sites"]], "what is kept back is not on offer"
    finally:
        equal(server.stop(), 0)
    got = run("lists", "--db", ledger.path).stdout
    lists.write_text(got.replace("  - {code: \"town_park\", zh: \"镇街园区\", en: \"Town park\"}\n", ""), encoding="utf-8")
    equal(run("lists", lists, "--db", ledger.path, check=False).returncode, 4)


@test
def a_sample_value_in_a_row_that_is_none_is_marked_in_every_answer(folder):
    ledger = Ledger(folder)
    ledger.add("source", "id,name_zh,name_en,type,authority,rows_visibility,as_of\n"
                         "s-made,示例,Made up,generator,10,public,2022-11-30\ns-notes,手记,Notes,bureau,5,public,2022-11-30\n")
    ledger.add("park", "id,how,as_of\npark-a,reported,2022-11-30\npark-b,reported,2022-11-30\n", "s-paper")
    ledger.add("park", "id,name_zh,focus_zh,planned_m2,as_of\npark-a,别的名称,新材料,5000000,2022-11-30\n", "s-made")
    ledger.add("park", "id,reply_d,how,as_of\npark-a,2,illustrative,2022-11-30\n", "s-notes")
    ledger.add("parcel", "id,water_state,how,as_of,geometry\nplot-000,done,illustrative,2022-11-30,\n"
                         "bare,done,illustrative,2022-11-30,\"POLYGON((113 22.3,113.01 22.3,113.01 22.31,113 22.3))\"\n", "s-notes")
    ledger.add("parcel", "id,area_m2,how,as_of\nbare,1000,reported,2022-11-30\n", "s-bureau")
    server = Server(ledger)
    try:
        marked = ["focus_zh", "planned_m2", "reply_d"]
        park = server.get("/api/park/park-a").json()
        equal((park["fields"]["how"], park["fields"]["name_zh"], park["sample"]), ("reported", "甲园区", marked))
        assert "sample" not in park["fields"] and "sample" not in server.get("/api/park/park-b").json()
        assert "sample" not in server.get("/api/parcel/plot-000").json(), "a row that is sample data says so as a whole"
        equal(server.get("/api/parcel/bare").json()["sample"], ["water_state", "geometry"])
        items = {one["id"]: one.get("sample") for one in server.get("/api/park").json()["items"]}
        equal(items, {"park-a": marked, "park-b": None})
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(server.get("/export/park.csv").body.decode("utf-8-sig")))}
        equal([rows[park]["sample"] for park in ("park-a", "park-b")], ["focus_zh;planned_m2;reply_d", ""])
        features = {one["id"]: one["properties"] for one in server.get("/export/park.geojson").json()["features"]}
        equal([features[park].get("sample") for park in ("park-a", "park-b")], ["focus_zh;planned_m2;reply_d", None])
        assert all(field["name"] != "sample" for field in server.get("/api/model").json()["kinds"]["park"]["fields"])
        equal(server.get("/api/park?sort=sample").code(), "ERR_FIELD_UNKNOWN")
        page = server.get("/parks/park-a?lang=en").body.decode()
        assert page.count("<td>Sample data</td>") == 3 and "<td>Reported</td>" in page
        equal(server.get("/parks").body.decode().count("新材料（示例）"), 1)
    finally:
        equal(server.stop(), 0)


main()
