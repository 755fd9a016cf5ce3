#!/usr/bin/env python3
"""The same server over PostgreSQL. tests/store/pg.sh starts one and tells its address in LIANPU_TEST_PG."""
import os

from harness import Ledger, Server, equal, main, run, test, until

URL = os.environ["LIANPU_TEST_PG"]


@test
def a_server_over_postgresql_answers_like_one_over_sqlite(folder):
    there, here = Ledger(folder, url=URL), Ledger(folder)
    one, two = (Server(ledger, "--atlas", os.path.join(folder, name)) for ledger, name in ((there, "pg"), (here, "lite")))
    try:
        for path in ("/api/meta", "/api/model", "/api/parcel?limit=200&facets=land_use,park", "/api/park", "/api/source",
                     "/api/parcel/plot-001", "/api/parcel/plot-001/why", "/tiles/parcel/5/26/13.mvt"):
            equal(one.get(path).body, two.get(path).body, path)
        there.add("parcel", "id,area_m2,as_of\nplot-001,77777,2022-11-30\n", "s-bureau")
        until(lambda: one.get("/api/parcel/plot-001").json()["fields"]["area_m2"] == 77777, "a commit of another process")
        equal(one.get("/api/parcel/plot-001/why?field=area_m2").json()["fields"]["area_m2"]["value"], 77777)
    finally:
        equal((one.stop(), two.stop()), (0, 0))


@test
def a_database_that_is_away_is_said_in_one_sentence_without_its_password(folder):
    got = run("serve", "--db", "postgresql://somebody:verysecret@127.0.0.1:1/none", "--listen", "127.0.0.1:0",
              "--atlas", os.path.join(folder, "atlas"), check=False)
    equal(got.returncode, 6, got.stderr)
    assert "verysecret" not in got.stderr, got.stderr
    equal(len([line for line in got.stderr.splitlines() if line and not line.startswith("{")]), 1, got.stderr)


main()
