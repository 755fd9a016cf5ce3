#!/usr/bin/env python3
"""What holds for every kind, from the model alone: a new kind is tested here without a word."""
import csv
import io
import re
from urllib.parse import quote

from harness import Ledger, Server, equal, main, rows_of_examples, test

KEYS = ("one", "two")


def world(folder):
    """A ledger with two things of every kind, all their fields filled, and its server."""
    asking = Server(Ledger(folder, "model.db", sample=False))
    kinds = asking.get("/api/model").json()["kinds"]
    equal(asking.stop(), 0)
    ledger = Ledger(folder)
    for kind, info in kinds.items():
        ledger.add(kind, rows_of_examples(info, KEYS), None if kind == "source" else "s-bureau")
    return kinds, Server(ledger)


def names(kinds, kind, *types):
    return [field["name"] for field in kinds[kind]["fields"] if field["type"] in types and field["filterable"]]


@test
def every_kind_is_listed_read_exported_and_told_who_said_it(folder):
    kinds, server = world(folder)
    try:
        for kind, info in kinds.items():
            listed = server.get(f"/api/{kind}?limit=200").json()["items"]
            assert set(KEYS) <= {one["id"] for one in listed}, kind
            one = server.get(f"/api/{kind}/one").json()
            missing = [f["name"] for f in info["fields"] if "near" not in f and f["name"] not in one["fields"] and f["name"] not in ("how", "precision")]
            equal(missing, [], kind)
            equal(server.get(f"/api/{kind}/one/why").json()["fields"]["name_zh"]["source"]["id"], "deployment" if kind == "source" else "s-bureau")
            table = {row["id"]: row for row in csv.DictReader(io.StringIO(server.get(f"/export/{kind}.csv").body.decode("utf-8-sig")))}
            assert set(KEYS) <= set(table), kind
            for column in ("how", "sources", "as_of"):
                assert column in table["one"], f"{kind} {column}"
            equal(len(server.get(f"/export/{kind}.geojson").json()["features"]), len(listed), kind)
    finally:
        equal(server.stop(), 0)


@test
def every_kind_has_its_page_and_every_thing_too(folder):
    kinds, server = world(folder)
    try:
        equal(len({info["page"] for info in kinds.values()}), len(kinds), "a page of its own")
        for kind, info in kinds.items():
            for lang in ("zh", "en"):
                page = server.get(f"/{info['page']}?lang={lang}")
                equal(page.status, 200, kind)
                assert f'href="/{info["page"]}/one?lang={lang}"' in page.body.decode(), kind
                one = server.get(f"/{info['page']}/one?lang={lang}")
                equal(one.status, 200, kind)
                title = re.search(r"<title>(.*?) · ", one.body.decode()).group(1)
                equal(title, {f["name"]: f for f in info["fields"]}[f"name_{lang}"]["example"], kind)
            equal(server.get(f"/{info['page']}/none").status, 404, kind)
        for path in ("/colours", "/parks/one/more", "/parcel", "/infra_works", "/train_services"):
            equal(server.get(path, Accept="text/html").status, 404, path)
    finally:
        equal(server.stop(), 0)


@test
def every_kind_with_a_region_is_filtered_and_counted_by_it(folder):
    kinds, server = world(folder)
    seen = 0
    try:
        for kind in kinds:
            for field in names(kinds, kind, "ref", "refs"):
                if field not in ("region", "regions"):
                    continue
                seen += 1
                got = server.get(f"/api/{kind}?limit=200&facets={field}&filter=" + quote(f"{field} = 'one'")).json()
                equal([one["id"] for one in got["items"] if not one.get("maybe")], sorted(KEYS), kind)
                equal([bucket["count"] for bucket in got["facets"][field] if bucket["value"] == "one"], [2], kind)
                nowhere = server.get(f"/api/{kind}?filter=" + quote(f"{field} = '999999'")).json()
                equal(nowhere["yes"], 0, kind)
        regions = [kind for kind, info in kinds.items() for f in info["fields"] if f["name"] in ("region", "regions")]
        equal(seen, len(regions), "a region that cannot be filtered by")
        assert seen >= 14, regions
    finally:
        equal(server.stop(), 0)


@test
def every_number_that_can_be_filtered_by_is_summed(folder):
    kinds, server = world(folder)
    try:
        for kind in kinds:
            for field in names(kinds, kind, "num"):
                got = server.get(f"/api/{kind}?limit=200&sum={field}").json()
                values = [one["fields"][field] for one in got["items"] if field in one["fields"]]
                equal((round(got["sums"][field]["sum"] - sum(values), 6), got["sums"][field]["known"]), (0, len(values)), f"{kind}.{field}")
                equal(got["sums"][field]["unknown"], got["yes"] - len(values))
    finally:
        equal(server.stop(), 0)


@test
def what_refers_to_a_thing_is_found_from_it_whatever_its_kind(folder):
    kinds, server = world(folder)
    try:
        for kind, info in kinds.items():
            for field in info["fields"]:
                if field["type"] not in ("ref", "refs"):
                    continue
                links = server.get(f"/api/{field['ref']}/one/links?limit=200").json()["links"]
                mine = [link for link in links if (link["kind"], link["field"]) == (kind, field["name"])]
                equal([(link["total"], [one["id"] for one in link["items"]]) for link in mine], [(2, ["one", "two"])], f"{kind}.{field['name']}")
        order = [link["kind"] for link in server.get("/api/region/one/links").json()["links"]]
        equal(order, sorted(order, key=list(kinds).index), "in the order of the model")
        assert len(order) >= 10, order
    finally:
        equal(server.stop(), 0)


main()
