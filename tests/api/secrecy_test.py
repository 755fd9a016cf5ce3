#!/usr/bin/env python3
"""Secrecy, by metamorphosis: two ledgers that differ only in what is not public answer every request with the same bytes.

The requests are made from the server's own table of routes (`lianpu routes`): a route that this crawl does not know how to
fill fails the test."""
import itertools
import json
import math
import os
import re
import subprocess
from urllib.parse import quote

from harness import (FACILITIES, LIANPU, PARKS, REGIONS, SOURCES, Ledger, Server, equal, main, parcels, rows_of_examples,
                     run, test, until)

ROUTES = json.loads(subprocess.run([LIANPU, "routes"], capture_output=True, check=True).stdout)

SECRET_SOURCES = """id,name_zh,name_en,type,authority,visibility,rows_visibility,refresh_d,as_of
s-secret,内部专班,Task force,bureau,99,restricted,public,1,2022-12-01
s-staff,招商台账,Lead ledger,bureau,98,staff,staff,2,2022-12-01
"""
SECRET_PARCELS = """id,name_zh,visibility,park,region,land_use,land_state,area_m2,price_fen_m2,power_left_kva,promised_to,as_of,locator,geometry
plot-001,密一号,public,park-b,440705,M3,supplied,1,1,1,甲公司,2022-12-01,密件第1页,"POLYGON((112.0 21.6,112.01 21.6,112.01 21.61,112 21.61,112 21.6))"
plot-002,密二号,public,park-secret,440705,M3,promised,2,2,2,乙公司,2022-12-01,密件第2页,"POLYGON((112.0 21.7,112.01 21.7,112.01 21.71,112 21.71,112 21.7))"
plot-003,,public,,,,,,withheld,n/a,丙公司,2022-12-01,,
plot-secret,密地块,public,park-a,440705,M1,serviced,500000,100,99999,,2022-12-01,,"POLYGON((112.9 22.25,112.91 22.25,112.91 22.26,112.9 22.26,112.9 22.25))"
aaa-first,排第一,public,park-a,440705,M1,serviced,600000,50,99999,,2022-12-01,,"POLYGON((112.92 22.25,112.93 22.25,112.93 22.26,112.92 22.26,112.92 22.25))"
"""
SECRET_PARKS = """id,name_zh,name_en,tiers,regions,as_of,geometry
park-a,密园名,Secret name,chemical,440705,2022-12-01,POINT(112 22)
park-secret,密园,Secret park,chemical,440705,2022-12-01,POINT(113 22.5)
"""
# Sample values in reported rows: what the public sees of them, and secret ones that would mark others.
SAMPLES = """id,planned_m2,office_zh,how,as_of
park-a,5000000,甲园区管委会,illustrative,2022-11-30
park-b,7000000,乙园区管委会,reported,2022-11-30
"""
SAMPLE_SOURCE = """id,name_zh,name_en,type,authority,visibility,rows_visibility,as_of
s-made,示例,Samples,generator,10,public,public,2022-12-01
"""
SECRET_SAMPLES = """id,name_zh,planned_m2,water_state,about_zh,how,as_of
park-a,密示例,1,done,密说明,illustrative,2022-12-01
park-b,密示例,2,done,密说明,illustrative,2022-12-01
"""
SECRET_FACILITIES = """id,name_zh,name_en,type,as_of,geometry
port-1,密港,Moved,airport,2022-12-01,POINT(112.1 21.6)
port-secret,军港,Naval port,port,2022-12-01,POINT(112.9 22.25)
"""
SECRET_REGIONS = """id,name_zh,name_en,level,parent,as_of,geometry
440705,密区,Secret,town,440799,2022-12-01,"POLYGON((100 10,101 10,101 11,100 11,100 10))"
440799,密县,Hidden,county,440700,2022-12-01,"POLYGON((100 10,101 10,101 11,100 11,100 10))"
"""


ENTERPRISES = """id,name_zh,name_en,region,parks,tags,headquarters_zh,how,as_of
ent-a,甲电池有限公司,A Battery,440705,park-a,high_tech,深圳,reported,2022-11-30
ent-b,乙机床有限公司,B Tools,440705,park-b,above_scale,,illustrative,2022-11-30
"""
PROJECTS = """id,name_zh,name_en,type,stage,investor,parks,region,invest_fen,signed_on,as_of
prj-a,甲项目,Project A,new,started,ent-a,park-a,440705,100000000000,2022-03,2022-11-30
prj-b,乙项目,Project B,expansion,signed,ent-b,park-b,440705,50000000000,2022-08-06,2022-11-30
"""
INDICATORS = """id,name_zh,name_en,value_unit,headline,order,as_of
ind-a,总产值,Output,fen,yes,1,2022-11-30
"""
OBSERVATIONS = """id,indicator,region,period,reading,value,as_of
obs-a,ind-a,440700,2022-01/2022-10,actual,27404500000000,2022-11-30
"""
SECRET_ENTERPRISES = """id,name_zh,name_en,region,parks,tags,output_fen,tax_fen,employees,as_of
ent-a,密电池,Secret A,440705,park-secret,listed,1,2,3,2022-12-01
ent-secret,密企业,Secret firm,440705,park-a,listed,4,5,6,2022-12-01
"""
SECRET_PROJECTS = """id,name_zh,name_en,type,stage,investor,parks,region,invest_fen,code_name,blocked_zh,as_of
prj-a,密项目,Secret project,new,stalled,ent-secret,park-a,440705,900000000000,代号甲,没有地,2022-12-01
prj-secret,密计划,Hidden,new,lead,ent-a,park-a,440705,900000000000,代号乙,保密,2022-12-01
"""
SECRET_OBSERVATIONS = """id,indicator,region,period,reading,value,target,as_of
obs-a,ind-a,440700,2022-01/2022-11,actual,1,2,2022-12-01
obs-secret,ind-a,440705,2022-11,actual,3,4,2022-12-01
"""
SECRET_SEGMENTS = """id,name_zh,chain,stage,strength,as_of
battery.cell,密环节,battery,up,gap,2022-12-01
battery.secret,密芯,battery,mid,strong,2022-12-01
"""
SECRET_FLOWS = """id,chain,from_segment,to_segment,as_of
battery.f1,battery,battery.secret,battery.cell,2022-12-01
battery.f-secret,battery,battery.cell,battery.secret,2022-12-01
"""
SECRET_ROLES = """id,enterprise,segment,chain,type,as_of
role-secret,ent-a,battery.cathode,battery,maker,2022-12-01
"""


def add_secrets(ledger, model):
    ledger.add("source", SECRET_SOURCES)
    add_secrets_of_all_kinds(ledger, model)
    for source in ("s-secret", "s-staff"):
        ledger.add("segment", SECRET_SEGMENTS, source)
        ledger.add("flow", SECRET_FLOWS, source)
        ledger.add("role", SECRET_ROLES, source)
        ledger.add("park", SECRET_PARKS, source)
        ledger.add("facility", SECRET_FACILITIES, source)
        ledger.add("region", SECRET_REGIONS, source)
        ledger.add("parcel", SECRET_PARCELS, source)
        ledger.add("enterprise", SECRET_ENTERPRISES, source)
        ledger.add("project", SECRET_PROJECTS, source)
        ledger.add("observation", SECRET_OBSERVATIONS, source)
        ledger.add("park", SECRET_SAMPLES, source)
    # Only staff know that the bureau's words are made up.
    ledger.add("source", "id,type,visibility,as_of\ns-bureau,generator,staff,2022-12-02\n")
    # A public source's own rows, each marked as not public; and what it says of other sources.
    ledger.add("parcel", re.sub(",public,", ",staff,", SECRET_PARCELS), "s-bureau")
    ledger.add("parcel", re.sub(",public,", ",restricted,", SECRET_PARCELS), "s-paper")
    ledger.add("park", "id,name_zh,visibility,as_of\npark-b,密称,investor,2022-12-01\npark-x,密,investor,2022-12-01\n", "s-bureau")
    ledger.add("source", "id,name_zh,visibility,authority,refresh_d,as_of\ns-paper,密报,staff,100,3,2022-12-01\n"
                         "s-new,新来源,restricted,100,3,2022-12-01\n")


def add_firms(ledger):
    ledger.add("enterprise", ENTERPRISES, "s-bureau")
    ledger.add("project", PROJECTS, "s-paper")
    ledger.add("indicator", INDICATORS, "s-paper")
    ledger.add("observation", OBSERVATIONS, "s-paper")
    ledger.add("source", SAMPLE_SOURCE)
    ledger.add("park", "id,how,as_of\npark-a,reported,2022-11-30\npark-b,reported,2022-11-30\n", "s-paper")
    ledger.add("park", SAMPLES, "s-made")


def add_all_kinds(ledger, model):
    for kind, info in model["kinds"].items():
        ledger.add(kind, rows_of_examples(info, OPEN), None if kind == "source" else "s-bureau")


def add_secrets_of_all_kinds(ledger, model):
    """Other values of what is public, and things that are not public, as a secret source's rows and marked row by row. A source
    that is not public by itself stays out of it: its rows' visibility is the field that says so."""
    for kind, info in model["kinds"].items():
        secrets = rows_of_examples(info, SECRET, change=1)
        if kind == "source":
            ledger.add(kind, marked(secrets, "staff"))
            continue
        for source in ("s-secret", "s-staff"):
            ledger.add(kind, secrets, source)
        ledger.add(kind, marked(secrets, "restricted"), "s-bureau")


def marked(csv_text, visibility):
    head, *lines = csv_text.splitlines()
    return "\n".join([head + ",visibility", *(f"{line},{visibility}" for line in lines)]) + "\n"


def model_of(folder):
    asking = Server(Ledger(folder, "model.db", sample=False))
    try:
        return asking.get("/api/model").json()
    finally:
        equal(asking.stop(), 0)


def with_promises(csv_text, names):
    lines = csv_text.splitlines()
    names = itertools.cycle(names)
    return "\n".join([lines[0] + ",promised_to"] + [f"{line},{next(names)}" for line in lines[1:]]) + "\n"


# ---- the requests ----

IDS = {"parcel": [f"plot-{n:03d}" for n in range(24)] + ["plot-secret", "aaa-first", "none", "x" * 300, "甲"],
       "park": ["park-a", "park-b", "park-secret", "park-x", "none"], "region": ["440700", "440705", "440799", "none"],
       "facility": ["port-1", "port-2", "rail-1", "port-secret", "none"],
       "enterprise": ["ent-a", "ent-b", "ent-secret", "none"], "project": ["prj-a", "prj-b", "prj-secret", "none"],
       "indicator": ["ind-a", "none"], "observation": ["obs-a", "obs-secret", "none"],
       "source": ["s-bureau", "s-paper", "s-secret", "s-staff", "s-new", "deployment", "none"]}
# Of every kind: two that all may see, and one that is secret.
OPEN, SECRET = ("one", "two"), ("one", "hidden")
FILTERS = ["area_m2 >= 50000", "NOT area_m2 >= 50000", "price_fen_m2 IS NULL", "power_left_kva > 3000 OR land_use = 'M3'",
           "park = 'park-secret'", "park = 'park-a' AND land_state IN ('promised','supplied')", "promised_to = '甲公司'",
           "promised_to IS NULL", "visibility = 'staff'", "nonsense = 1", "area_m2 >", "name_zh = '密一号'", "how = 'reported'",
           "S_INTERSECTS(geometry, BBOX(112.9,22.2,113,22.3))", "available_from <= '2023-06-10'", "port_m < 9000",
           "airport_m IS NULL", "parks = 'park-a'", "investor = 'ent-secret'", "code_name = '代号甲'", "output_fen > 0", "rows_visibility = 'public'"]
BOXES = ["112.8,22.1,113.2,22.6", "112.9,22.24,112.94,22.27", "111,21,112.5,21.9", "100,10,101,11", "1,2,3"]


def fields(model, kind):
    return [f["name"] for f in model["kinds"].get(kind, {"fields": []})["fields"]] + \
        ["promised_to", "visibility", "rows_visibility", "colour", "output_fen", "code_name"]


def kinds_of(model):
    return [*model["kinds"], "colour"]


def pages_of(model):
    return {**{kind: info["page"] for kind, info in model["kinds"].items()}, "colour": "colours"}


def lists(model):
    for kind in kinds_of(model):
        for limit, offset in ((200, 0), (3, 0), (5, 4), (0, 0), (201, 0)):
            yield f"/api/{kind}?limit={limit}&offset={offset}"
        for field in fields(model, kind):
            yield f"/api/{kind}?limit=200&sort={field}"
            yield f"/api/{kind}?limit=200&sort=-{field}"
            yield f"/api/{kind}?limit=1&facets={field}"
            yield f"/api/{kind}?limit=0&sum={field}&range={field}&facets=region"
        for text in FILTERS:
            yield f"/api/{kind}?limit=200&filter={quote(text)}"
            yield f"/api/{kind}?limit=1&facets=land_use,park&filter={quote(text)}&lang=en"
        for box in BOXES:
            yield f"/api/{kind}?limit=200&bbox={box}"


def things(pattern, model):
    for kind, page in pages_of(model).items():
        for key in [*IDS.get(kind, []), "one", "two", "hidden", "none"]:
            yield pattern.replace("{kind}", kind).replace("{page}", page).replace("{id}", quote(key))


def files(pattern, model):
    for kind in kinds_of(model):
        path = pattern.replace("{kind}", kind)
        yield path
        for text in FILTERS:
            yield f"{path}?filter={quote(text)}&sort=name_zh"
        yield f"{path}?bbox={BOXES[0]}"


def fields_of_things(pattern, model):
    for kind in ("parcel", "park", "source", "facility"):
        for field in [*fields(model, kind), "geometry"]:
            for key in IDS[kind][:3]:
                yield pattern.replace("{kind}", kind).replace("{id}", key) + f"?field={field}"


def tiles(model):
    for zoom in range(5, 15):
        def column(lon):
            return int((lon + 180) / 360 * 2 ** zoom)

        def row(lat):
            return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2 ** zoom)
        for x in range(column(112.84), column(113.02) + 1):
            for y in range(row(22.3), row(22.19) + 1):
                yield f"/tiles/parcel/{zoom}/{x}/{y}.mvt"
        x, y = column(112.95), row(22.4)
        for kind in kinds_of(model):
            yield f"/tiles/{kind}/{zoom}/{x}/{y}.mvt"
        for at in ((112.005, 21.605), (100.5, 10.5), (112.9, 22.25), (113, 22.5)):
            for kind in ("parcel", "park", "facility", "region"):
                yield f"/tiles/{kind}/{zoom}/{column(at[0])}/{row(at[1])}.mvt"
        for text in FILTERS:
            yield f"/tiles/parcel/{zoom}/{column(112.9)}/{row(22.25)}.mvt?filter={quote(text)}"
    yield from ("/tiles/parcel/23/0/0.mvt", "/tiles/parcel/3/9/9.mvt", "/tiles/parcel/x/0/0.mvt")


def briefs(model):
    where = [{"field": "area_m2", "min": 30000}, {"field": "land_use", "in": ["M1", "M2", "M3"]},
             {"field": "power_left_kva", "min": 2000}, {"field": "port_m", "max": 12000},
             {"field": "price_fen_m2", "max": 40000}, {"field": "available_from", "max": "2023-06-30"}]
    weigh = [{"field": "price_fen_m2", "weight": 30, "better": "less"}, {"field": "area_m2", "weight": 20, "better": "more"},
             {"field": "port_m", "weight": 10, "better": "less"}]
    for taken in (False, True):
        for n in range(len(where) + 1):
            yield {"where": where[:n], "weigh": weigh[:n % 4], "taken": taken, "top": 200}
        for text in FILTERS:
            yield {"where": where[:1], "filter": text, "taken": taken, "top": 50}
    for field in ("promised_to", "visibility", "colour", "park"):
        yield {"where": [{"field": field, "in": ["甲公司"]}]}
        yield {"weigh": [{"field": field, "weight": 1, "better": "less"}]}


def paths(route, model):
    """What to ask of a route, by its holes and parameters: a new route is crawled without a word here if its holes are known."""
    pattern = route["pattern"]
    holes = re.findall(r"{(\w+)}", pattern)
    params = {param["name"] for param in route["params"]}
    if holes == ["kind"] and "limit" in params and "sort" in params:
        yield from lists(model)
    elif holes == ["kind"] and "sort" in params:
        yield from files(pattern, model)
    elif holes == ["kind"]:
        yield from (pattern.replace("{kind}", kind) for kind in kinds_of(model))
    elif holes == ["page"]:
        for lang in ("zh", "en"):
            yield from (pattern.replace("{page}", page) + f"?lang={lang}" for page in pages_of(model).values())
    elif holes in (["kind", "id"], ["page", "id"]):
        yield from things(pattern, model)
        if "field" in params:
            yield from fields_of_things(pattern, model)
    elif holes == ["kind", "z", "x", "y"]:
        yield from tiles(model)
    elif holes == ["id"]:
        yield from (pattern.replace("{id}", key) for key in ("battery", "one", "hidden", "park-secret", "none"))
    elif "q" in params:
        for text in ("甲", "密", "jia", "mi", "park", "secret", "s-secret", "ent-a", "代号", "plot-00", "密企业", "one", "hidden"):
            yield f"{pattern}?q={quote(text)}&limit=20"
    elif holes == ["file"]:
        yield from (pattern.replace("{file}", name) for name in ("land.geojson", "places.geojson", "hidden.geojson"))
    elif holes == [] or holes == ["asset"]:
        yield pattern
    else:
        raise AssertionError(f"this crawl does not know how to fill {pattern}")


def requests(model):
    """(method, path, body, headers)"""
    for route in ROUTES:
        if route["method"] == "POST":
            equal(route["pattern"], "/api/match", "this crawl knows what to post")
            for brief in briefs(model):
                yield "POST", route["pattern"], json.dumps(brief), {"Content-Type": "application/json"}
            continue
        if route["pattern"] == "/metrics":
            continue
        for path in itertools.chain(paths(route, model), route["examples"]):
            yield "GET", path, None, {}
        for path in itertools.islice(paths(route, model), 0, None, 7):
            yield "GET", path, None, {"Accept-Encoding": "gzip"}
            yield "HEAD", path, None, {"Accept-Encoding": "br"}
            yield "DELETE", path, None, {}
    for path in ("/nothing", "/api", "/api/parcel/a/b/c", "/parks/park-secret"):
        yield "GET", path, None, {"Accept": "text/html"}
        yield "GET", path, None, {}


def crawl(server):
    """{request: (status, headers, body)}, over one connection."""
    model = server.get("/api/model").json()
    connection = server.connect()
    got = {}
    for method, path, body, headers in requests(model):
        headers = {"X-Request-Id": "crawl", **headers}
        connection.request(method, path, body.encode() if body else None, headers)
        response = connection.getresponse()
        told = sorted((n.lower(), v) for n, v in response.getheaders() if n.lower() not in ("date", "x-request-id"))
        got[(method, path, body, str(headers))] = (response.status, told, response.read())
        etag = response.getheader("ETag")
        if etag and method == "GET":
            connection.request(method, path, None, {**headers, "If-None-Match": etag})
            again = connection.getresponse()
            equal((again.status, again.read()), (304, b""), path)
    return got


def compare(one, two):
    equal(list(one), list(two))
    for request, answer in one.items():
        if two[request] != answer:
            raise AssertionError(f"{request}\n  {answer}\n  {two[request]}")
    assert len(one) > 5000, f"only {len(one)} requests"
    assert sum(1 for status, _, _ in one.values() if status == 200) > 2500


def metrics(server):
    """Without what tells of time."""
    return [line for line in server.get("/metrics").body.decode().splitlines()
            if not re.match(r"lianpu_(request_seconds|atlas_build_seconds|connections|queue_length)|.*readyz", line)]


@test
def two_ledgers_that_differ_in_what_is_not_public_answer_with_the_same_bytes(folder):
    model = model_of(folder)
    plain, secret = Ledger(folder, "a.db", sample=False), Ledger(folder, "b.db", sample=False)
    plain.add("source", SOURCES)
    plain.add("region", REGIONS, "s-bureau")
    plain.add("park", PARKS, "s-paper")
    plain.add("facility", FACILITIES, "s-bureau")
    plain.add("parcel", with_promises(parcels(), ["甲公司"]), "s-bureau")
    add_firms(plain)
    add_all_kinds(plain, model)
    # The other one has its secrets before, between and after the same public rows, and changes a promise by itself.
    secret.add("source", SECRET_SOURCES)
    secret.add("parcel", SECRET_PARCELS, "s-secret")
    secret.add("source", SOURCES)
    secret.add("region", REGIONS, "s-bureau")
    secret.add("facility", SECRET_FACILITIES, "s-staff")
    secret.add("park", PARKS, "s-paper")
    secret.add("enterprise", SECRET_ENTERPRISES, "s-staff")
    add_firms(secret)
    add_all_kinds(secret, model)
    secret.add("facility", FACILITIES, "s-bureau")
    secret.add("parcel", with_promises(parcels(), ["乙集团有限公司", "", "丙"]), "s-bureau")
    secret.add("parcel", with_promises(parcels(), ["丁"]), "s-bureau")
    add_secrets(secret, model)
    one, two = Server(plain), Server(secret)
    try:
        compare(crawl(one), crawl(two))
        equal(metrics(one), metrics(two))
        equal([two.get(f"/api/park/{park}").json()["sample"] for park in ("park-a", "park-b")],
              [["planned_m2"], ["office_zh", "planned_m2"]])
    finally:
        equal((one.stop(), two.stop()), (0, 0))


@test
def secrets_that_come_while_the_server_runs_change_no_byte(folder):
    model = model_of(folder)
    ledger = Ledger(folder)
    add_firms(ledger)
    add_all_kinds(ledger, model)
    server = Server(ledger)
    try:
        before = crawl(server)
        add_secrets(ledger, model)
        # What comes behind the secrets is seen when they have been looked at.
        ledger.add("park", "id,name_zh,as_of\npark-z,尾园,2022-11-30\n", "s-paper")
        until(lambda: server.get("/api/park/park-z").status == 200, "the public commit")
        moved = [request for request, answer in crawl(server).items() if answer != before[request]]
        for _, path, _, _ in moved:
            assert re.match(r"/api/park(\?|$)|/api/meta|/tiles/park/|/parks(\?|$)|/(match|compare)?(\?|$)|/export/park\.|/api/search", path), f"{path} changed"
    finally:
        equal(server.stop(), 0)


@test
def the_secrets_are_there_for_those_who_may_see_them(folder):
    """Else the tests above would compare nothing."""
    ledger = Ledger(folder)
    add_secrets(ledger, model_of(folder))
    for audience, sees in (("public", False), ("restricted", True)):
        into = f"{folder}/atlas-{audience}"
        run("build-atlas", into, audience, env={"LIANPU_BUILD_URL": str(ledger.path)})
        held = b"".join(open(os.path.join(into, name), "rb").read() for name in os.listdir(into))
        for word in ("密地块", "军港", "甲公司", "内部专班", "s-secret", "plot-secret", "密园", "密企业", "代号乙", "hidden"):
            equal(word.encode() in held, sees, f"{word} in the {audience} atlas")


main()
