#!/usr/bin/env python3
"""Pages as they are read without scripts: of every kind, in both languages, whatever the names."""
import re
from urllib.parse import unquote

from harness import Ledger, Server, equal, main, test, until

INDICATORS = """id,name_zh,name_en,value_unit,headline,order,as_of
ind-b,总产值,Output,fen,yes,2,2022-11-30
ind-a,项目数,Projects,count,yes,1,2022-11-30
ind-c,面积,Area,m2,no,3,2022-11-30
ind-d,签约额,Signed,fen,yes,4,2022-11-30
"""
OBSERVATIONS = """id,name_zh,name_en,indicator,how,period,reading,value,as_of
b-1,一至九月总产值,Output to September,ind-b,reported,2022-01/2022-09,actual,25000000000000,2022-10-12
b-2,一至十月总产值,Output to October,ind-b,reported,2022-01/2022-10,actual,27404500000000,2022-11-30
b-3,全年预计,Output expected,ind-b,reported,2022,forecast,30000000000000,2022-11-30
b-4,推算十一月,Output derived,ind-b,derived,2022-11,actual,1,2022-11-30
b-5,示例,Made up,ind-b,illustrative,2022-12,actual,99,2022-11-30
a-1,项目,Projects signed,ind-a,reported,2022,actual,231,2022-11-30
c-1,面积,Area of parks,ind-c,reported,2022,actual,1000000,2022-11-30
d-1,示例签约额,Signed made up,ind-d,illustrative,2022,actual,99,2022-11-30
"""


def readable(page):
    return page[page.index("<noscript>"):page.index("</noscript>")]


@test
def the_page_is_shown_to_browsers_also_where_there_is_nothing(server):
    page = server.get("/")
    equal(page.headers["content-type"], "text/html; charset=utf-8")
    lost = server.get("/parks/none", Accept="text/html,application/xhtml+xml")
    equal((lost.status, lost.headers["content-type"]), (404, page.headers["content-type"]))
    equal(lost.headers["cache-control"], "no-store")
    nowhere = server.get("/nothing", Accept="text/html,application/xhtml+xml")
    equal((nowhere.status, nowhere.body), (404, lost.body), "one that may not be seen is as one that is not there")
    equal(server.get("/api/nothing/x/y/z", Accept="text/html").code(), "ERR_ROUTE_UNKNOWN")


@test
def a_page_is_readable_without_scripts_in_the_language_asked(server):
    page = server.get("/parks/park-a?lang=en").body.decode()
    assert '<html lang="en">' in page and "<title>Park A · Lianpu · Investment Map</title>" in page
    said = page[page.index("<noscript>"):page.index("</noscript>")]
    for text in ("Park A", "Pilot zone", "The daily", "第3段", "2022-11-30"):
        assert text in said, text
    listed = server.get("/parcels").body.decode()
    for text in ('<html lang="zh-CN">', "<h1>地块 24</h1>", 'href="/parcels/plot-001?lang=zh"', "填报", "37.5 亩"):
        assert text in listed, text
    assert "/parks?lang=zh" in server.get("/").body.decode()


@test
def text_that_tries_to_be_markup_stays_text_on_every_page(folder):
    ledger = Ledger(folder)
    nasty = '<script>alert(1)</script>"\'&\u202e\u200b' + "长" * 1300
    ledger.add("park", 'id,name_zh,about_zh,as_of\nnasty,"%s","%s",2022-11-30\n' % ((nasty.replace('"', '""'),) * 2), "s-paper")
    server = Server(ledger)
    try:
        for path in ("/parks", "/parks/nasty", "/"):
            page = server.get(path).body.decode()
            assert "<script>alert" not in page and "alert(1)</script>" not in page, path
        assert "&lt;script&gt;alert(1)" in server.get("/parks/nasty").body.decode()
        equal(server.get("/api/park/nasty").json()["fields"]["name_zh"], nasty)
    finally:
        equal(server.stop(), 0)


@test
def the_first_page_tells_the_latest_of_each_headline_figure_and_no_sample_data(folder):
    ledger = Ledger(folder)
    ledger.add("indicator", INDICATORS, "s-paper")
    ledger.add("observation", OBSERVATIONS, "s-paper")
    server = Server(ledger)
    try:
        figures = re.findall(r"<li>(.*?) (?:as of|截至)", readable(server.get("/?lang=en").body.decode()))
        equal([re.sub("<[^>]*>", "", figure) for figure in figures],
              ["Projects signed 231", "Output to October 274.045 bn CNY"])
        chinese = readable(server.get("/?lang=zh").body.decode())
        assert '<a href="/observations/b-2?lang=zh"><bdi>一至十月总产值</bdi></a> <b>2,740.45 亿元</b> 截至 2022-11-30' in chinese
    finally:
        equal(server.stop(), 0)


@test
def a_page_made_in_the_browser_still_says_where_to_read(server):
    for path, title in (("/match", "选址"), ("/compare", "对比")):
        page = server.get(path).body.decode()
        assert f"<title>{title} · 链谱 · 产业招商地图</title>" in page and 'href="/parcels?lang=zh"' in readable(page), path
    about = server.get("/about-data?lang=en").body.decode()
    assert "<h1>Data and sources 3</h1>" in about and "The daily" in readable(about)


@test
def every_list_that_the_first_page_names_is_there_and_so_is_everything_on_it(server):
    lists = re.findall(r'href="(/[a-z-]+\?lang=en)"', readable(server.get("/?lang=en").body.decode()))
    assert len(lists) >= 8, lists
    for path in lists:
        page = readable(server.get(path).body.decode())
        for link in sorted(set(re.findall(r'<th scope="row"><a href="([^"]+)"', page)))[:3]:
            one = server.get(link).body.decode()
            assert '<html lang="en">' in one and "<td>" in readable(one), link


@test
def the_language_asked_for_by_the_browser_is_the_pages_and_is_told_to_caches(server):
    for wanted, lang in (("en-GB,en;q=0.9", "en"), ("zh-CN", "zh-CN"), ("fr", "zh-CN")):
        got = server.get("/parks", Accept_Language=wanted)
        assert f'<html lang="{lang}">' in got.body.decode(), wanted
        equal(got.headers["vary"], "Accept-Encoding, Accept-Language")
    equal(server.get("/api/park").headers["vary"], "Accept-Encoding")


@test
def a_page_has_a_tag_of_what_it_shows_and_comes_compressed(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    try:
        for path in ("/parks", "/parks/park-a", "/"):
            first = server.get(path, Accept_Encoding="gzip")
            equal((first.status, first.headers["content-encoding"]), (200, "gzip"))
            equal(server.get(path, Accept_Encoding="gzip", If_None_Match=first.headers["etag"]).status, 304)
        before = {path: server.get(path).headers["etag"] for path in ("/parks", "/parks/park-a", "/regions")}
        ledger.add("park", "id,name_zh,as_of\npark-a,新名,2022-12-01\n", "s-paper")
        until(lambda: server.get("/parks/park-a").headers["etag"] != before["/parks/park-a"], "the new name")
        until(lambda: server.get("/parks").headers["etag"] != before["/parks"], "the new list")
        equal(server.get("/parcels/plot-001").status, 200)
        equal(server.get("/facilities").headers["etag"], server.get("/facilities").headers["etag"])
    finally:
        equal(server.stop(), 0)


@test
def the_policy_of_content_is_the_same_on_every_page(server):
    policies = {server.get(path).headers["content-security-policy"] for path in ("/", "/parks", "/parks/park-a", "/parks/none", "/api/meta")}
    equal(len(policies), 1)
    for path in ("/parks", "/parks/park-a", "/"):
        page = server.get(path).body.decode()
        assert not re.search(r"<script(?! [^>]*src=)|<style| style=| on[a-z]+=", page), path


@test
def a_name_that_turns_the_direction_of_writing_is_kept_apart(folder):
    ledger = Ledger(folder)
    turned = "\u202eabc\u2066\u200b\u200f"
    ledger.add("park", f"id,name_zh,as_of\nturn,{turned},2022-11-30\n", "s-paper")
    ledger.add("parcel", "id,park,as_of\non-turn,turn,2022-11-30\n", "s-bureau")
    server = Server(ledger)
    try:
        for path in ("/parks", "/parks/turn", "/parcels/on-turn"):
            body = readable(server.get(path).body.decode())
            assert f"<bdi>{turned}</bdi>" in body, path
    finally:
        equal(server.stop(), 0)


@test
def a_key_of_any_letters_is_one_part_of_an_address(folder):
    ledger = Ledger(folder)
    key = "A:1_b.-"
    ledger.add("park", f"id,name_zh,as_of\n{key},怪,2022-11-30\n", "s-paper")
    server = Server(ledger)
    try:
        page = readable(server.get("/parks").body.decode())
        link = next(link for link in re.findall(r'href="(/parks/[^"?]+)\?lang=zh"', page) if "park-" not in link)
        equal(unquote(link), f"/parks/{key}")
        equal(server.get(link).status, 200)
    finally:
        equal(server.stop(), 0)


main()
