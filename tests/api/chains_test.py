#!/usr/bin/env python3
"""The graph of a chain: where it is drawn, and the picture of it."""
import pathlib
import re
import xml.etree.ElementTree as ElementTree

from harness import Ledger, Server, equal, main, run, test

SVG = "{http://www.w3.org/2000/svg}"
CHAIN = """chain: {id: drawn, name_zh: 电池, name_en: Batteries, parks: [park-a], as_of: 2022-11-30}
segments:
  - {id: ore, name_zh: 锂矿, name_en: Ore, stage: up, type: input}
  - {id: foil, name_zh: 铜箔, name_en: Foil, stage: up, type: input, strength: gap}
  - id: cell
    name_zh: 电芯
    name_en: Cells
    stage: mid
    type: part
    strength: strong
    needs:
      - {from: ore, weight: 70, one_of: metal}
      - {from: scrap, weight: 70, one_of: metal, recycling: yes, name_zh: 再生料, name_en: Recovered}
      - {from: foil, weight: 30}
  - {id: car, name_zh: 整车, name_en: Cars, stage: down, type: product, strength: weak, needs: [{from: cell, weight: 100}]}
  - {id: scrap, name_zh: 回收, name_en: Recycling, stage: down, type: recycling, needs: [{from: car, weight: 100}]}
"""
ENTERPRISES = """id,name_zh,how,as_of
ent-a,甲厂,reported,2022-11-30
ent-b,乙厂,illustrative,2022-11-30
"""
ROLES = """id,how,enterprise,segment,chain,type,as_of
role-1,reported,ent-a,drawn.cell,drawn,leader,2022-11-30
role-2,reported,ent-a,drawn.cell,drawn,maker,2022-11-30
role-3,illustrative,ent-b,drawn.cell,drawn,maker,2022-11-30
role-4,reported,ent-b,drawn.car,drawn,planned,2022-11-30
role-5,reported,ent-a,drawn.gone,drawn,maker,2022-11-30
"""
NASTY = "<script>alert(1)</script>&\"'\u202e]]>"


def drawn(folder):
    """A ledger with a chain from a file."""
    ledger = Ledger(folder)
    file = pathlib.Path(folder) / "drawn.yaml"
    file.write_text(CHAIN, encoding="utf-8")
    run("import", file, "--db", ledger.path, "--as", "chain", "--source", "s-paper")
    return ledger


def served(ledger, body):
    server = Server(ledger)
    try:
        body(server)
    finally:
        equal(server.stop(), 0)


def texts(svg):
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(SVG + "text")]


def check_places(graph):
    lanes = {lane["stage"]: lane for lane in graph["lanes"]}
    nodes = {one["segment"]: one for one in graph["nodes"]}
    equal(list(lanes), ["up", "mid", "down"])
    equal(sorted(nodes), ["drawn.car", "drawn.cell", "drawn.foil", "drawn.ore", "drawn.scrap"])
    for one in nodes.values():
        lane = lanes[one["stage"]]
        assert lane["x"] < one["x"] and one["x"] + one["width"] < lane["x"] + lane["width"], one
    for edge in graph["edges"]:
        start, end = nodes[edge["from"]], nodes[edge["to"]]
        equal(edge["points"][0], [start["x"] + start["width"], start["y"] + start["height"] // 2], edge["flow"])
        equal(edge["points"][-1], [end["x"], end["y"] + end["height"] // 2], edge["flow"])


@test
def every_segment_stands_in_its_lane_and_every_flow_begins_and_ends_at_its_segments(folder):
    def body(server):
        for node, height in (("zh", 50), ("en", 58), ("wall", 66)):
            graph = server.get(f"/api/chain/drawn/graph?node={node}").json()
            check_places(graph)
            equal({one["height"] for one in graph["nodes"]}, {height})
    served(drawn(folder), body)


@test
def a_return_flow_runs_below_all_lanes(folder):
    def body(server):
        graph = server.get("/api/chain/drawn/graph").json()
        back = [edge for edge in graph["edges"] if edge["recycling"]]
        equal([edge["flow"] for edge in back], ["drawn.scrap-cell"])
        lane = graph["lanes"][0]
        assert max(y for _, y in back[0]["points"]) > lane["y"] + lane["height"]
    served(drawn(folder), body)


@test
def an_enterprise_counts_once_on_a_segment_and_what_it_plans_apart(folder):
    def body(server):
        nodes = {one["segment"]: one for one in server.get("/api/chain/drawn/graph").json()["nodes"]}
        counts = {key: [one[name] for name in ("enterprises", "planned", "illustrative")] for key, one in nodes.items()}
        equal(counts["drawn.cell"], [2, 0, True])
        equal(counts["drawn.car"], [0, 1, False])
        equal(counts["drawn.ore"], [0, 0, False])
        said = texts(server.get("/api/chain/drawn/graph.svg?lang=zh").body)
        assert "2 家" in said and "拟建 1 家" in said and any("示例数据" in text for text in said), said
    ledger = drawn(folder)
    ledger.add("enterprise", ENTERPRISES, "s-bureau")
    ledger.add("role", ROLES, "s-bureau")
    served(ledger, body)


@test
def the_picture_says_strength_in_words_of_the_language_asked(folder):
    def body(server):
        got = server.get("/api/chain/drawn/graph.svg?lang=zh")
        equal(got.headers["content-type"], "image/svg+xml")
        said = texts(got.body)
        for word in ("电池", "上游", "中游", "下游", "电芯", "优势", "薄弱", "缺口", "再生料"):
            assert word in said, (word, said)
        said = texts(server.get("/api/chain/drawn/graph.svg?lang=en&theme=dark").body)
        for word in ("Batteries", "Upstream", "Cells", "Strong", "Weak", "Gap", "Recovered"):
            assert word in said, (word, said)
    served(drawn(folder), body)


@test
def the_picture_has_no_script_and_asks_nothing_from_outside(server):
    svg = server.get("/api/chain/battery/graph.svg").body.decode()
    assert not re.search(r"<script|<style|<image|<use|<foreignObject|href|\son\w+=|@import", svg), svg[:500]
    equal(set(re.findall(r"https?://[^\"' ]+", svg)), {"http://www.w3.org/2000/svg"})
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {"#weak"}


@test
def names_that_try_to_be_markup_stay_text(folder):
    def body(server):
        root = ElementTree.fromstring(server.get("/api/chain/drawn/graph.svg?lang=zh").body)
        equal([element.tag for element in root.iter() if "script" in element.tag], [])
        titles = ["".join(element.itertext()) for element in root.iter(SVG + "title")]
        equal(titles.count(NASTY), 2)
    ledger = drawn(folder)
    quoted = NASTY.replace('"', '""')
    ledger.add("segment", f'id,chain,stage,name_zh,as_of\ndrawn.cell,drawn,mid,"{quoted}",2022-12-01\n', "s-bureau")
    ledger.add("chain", f'id,name_zh,as_of\ndrawn,"{quoted}",2022-12-01\n', "s-bureau")
    served(ledger, body)


@test
def what_is_not_there_or_not_known_is_told(server):
    for path in ("/api/chain/none/graph", "/api/chain/none/graph.svg"):
        got = server.get(path)
        equal((got.status, got.code()), (404, "ERR_ID_UNKNOWN"), path)
    for path in ("/api/chain/battery/graph?node=huge", "/api/chain/battery/graph.svg?theme=neon"):
        got = server.get(path)
        equal((got.status, got.code()), (400, "ERR_PARAM"), path)
    equal(server.get("/api/chain/battery/graph?theme=dark").code(), "ERR_PARAM_UNKNOWN")


@test
def a_chain_without_segments_has_empty_lanes(folder):
    def body(server):
        graph = server.get("/api/chain/bare/graph").json()
        equal((graph["nodes"], graph["edges"], len(graph["lanes"])), ([], [], 3))
        assert "空链" in texts(server.get("/api/chain/bare/graph.svg?lang=zh").body)
    ledger = Ledger(folder)
    ledger.add("chain", "id,name_zh,as_of\nbare,空链,2022-11-30\n", "s-paper")
    served(ledger, body)


main()
