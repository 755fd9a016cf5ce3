#!/usr/bin/env python3
"""Chains at a terminal: a chain file comes in, is checked, drawn, and taken back. Usage: chain_test.py PATH-OF-LIANPU. Prints TAP."""
import json
import sys
import xml.etree.ElementTree as ElementTree

from commands_test import CONFLICT, NOT_FOUND, TESTS, WRONG, main, test

TESTS.clear()

CHAIN = """chain: {id: c, name_zh: 链, name_en: Chain}
segments:
  - {id: ore, name_zh: 矿, name_en: Ore, stage: up, type: input}
  - {id: car, name_zh: 车, name_en: Car, stage: down, type: product, needs: [{from: ore, weight: 100}]}
"""


def with_chain(place):
    ledger = place.ledger()
    place.write("c.yaml", CHAIN)
    return ledger, place.good("import", "c.yaml", "--db", ledger, "--as", "chain", "--source", "paper")


@test
def a_chain_file_is_three_batches_and_is_taken_back_as_one(place):
    ledger, out = with_chain(place)
    assert "三批" in out and "读 4 行 = 新增 4" in out, out
    listed = place.good("batches", "--db", ledger)
    for kind in ("chain", "segment", "flow"):
        assert kind in listed
    number = next(line.split("\t")[0] for line in listed.splitlines() if "segment" in line)
    assert "3 批" in place.good("undo", number, "--db", ledger)
    assert place.good("export", "-", "--db", ledger, "--as", "flow").count("\n") == 1
    place.bad(NOT_FOUND, "undo", number, "--db", ledger)


@test
def the_rows_of_a_chain_are_exported_like_any(place):
    ledger, _ = with_chain(place)
    assert "c.ore-car" in place.good("export", "-", "--db", ledger, "--as", "flow")
    assert "c.car" in place.good("export", "-", "--db", ledger, "--as", "segment")
    place.good("export", "s.csv", "--db", ledger, "--as", "segment")
    place.good("import", "s.csv", "--db", ledger, "--as", "segment", "--source", "paper")


@test
def a_chain_file_that_is_wrong_says_line_and_reason(place):
    ledger = place.ledger()
    words = ("--db", ledger, "--as", "chain", "--source", "paper")
    for text, says in ((CHAIN.replace("stage: up", "stagge: up"), "第 3 行"),
                       (CHAIN.replace("id: car", "id: ore"), "第 3 行没有用过的编号"),
                       (CHAIN.replace("weight: 100", "weight: 90"), "合计 90，不是 100"),
                       (CHAIN.replace("type: product", "type: part"), "什么也不供给"),
                       (CHAIN.replace("chain: {", "chain: &a {"), "锚点"),
                       ("a: " + "[" * 24 + "]" * 24 + "\n", "嵌套层数"),
                       ("", "空的")):
        place.write("bad.yaml", text)
        place.bad(WRONG, "import", "bad.yaml", *words, says=says)
        place.bad(WRONG, "import", "bad.yaml", *words, lang="en_GB.UTF-8")
    assert place.good("export", "-", "--db", ledger, "--as", "segment").count("\n") == 1


@test
def check_tells_every_segment_that_hangs_loose(place):
    ledger, _ = with_chain(place)
    assert "完好" in place.good("check", "--db", ledger)
    place.write("s.csv", "id,chain,stage,type\nc.lost,c,mid,part\nc.odd,c,mid,part\n")
    place.good("import", "s.csv", "--db", ledger, "--as", "segment", "--source", "paper")
    err = place.bad(WRONG, "check", "--db", ledger, says="c.lost")
    assert "c.odd" in err and len(err.splitlines()) == 2, err


@test
def a_chain_is_drawn_to_a_new_file_in_both_languages(place):
    ledger, _ = with_chain(place)
    place.good("chain", "c", "--db", ledger, "--svg", "c.svg")
    drawn = (place.path / "c.svg").read_text()
    ElementTree.fromstring(drawn)
    assert ">矿<" in drawn and ">上游<" in drawn
    place.bad(CONFLICT, "chain", "c", "--db", ledger, "--svg", "c.svg")
    out = place.good("chain", "c", "--db", ledger, "--svg", "-", "--theme", "dark", "--lang", "en")
    assert ">Ore<" in out and "#0d1311" in out


@test
def a_chain_is_told_as_json(place):
    ledger, _ = with_chain(place)
    graph = json.loads(place.good("chain", "c", "--db", ledger, "--json", "--node", "wall"))
    assert [node["height"] for node in graph["nodes"]] == [66, 66]


@test
def what_cannot_be_drawn_is_told(place):
    ledger, _ = with_chain(place)
    place.bad(NOT_FOUND, "chain", "none", "--db", ledger, "--svg", "-", says="none")
    place.bad(WRONG, "chain", "c", "--db", ledger, says="--svg")
    place.bad(WRONG, "chain", "c", "--db", ledger, "--svg", "-", "--theme", "neon", says="light, dark")
    place.bad(WRONG, "chain", "c", "--db", ledger, "--json", "--node", "huge", says="zh, en, wall")


if __name__ == "__main__":
    sys.exit(main())
