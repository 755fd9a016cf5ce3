#!/usr/bin/env python3
"""names_sqlite.py [FOLDER $BENCH_WORK]: the questions that names_top_bench wrote put to SQLite, in process, in memory: FTS5 with the
trigram tokenizer over enterprises numbered by size, so that the first 20 that it finds are the answer (FTS5); and as one would ask who did
not think of that, the 20 largest of all that it finds (FTS5, sorted). Two characters, which have no trigram, by LIKE; there is an index of
sizes, so that it need not sort. The sizes are compared with ours, in order. Ends with 1 if a question's differ."""
import os
import sqlite3
import sys
import time

from report import report

BY_LIKE = "SELECT capital FROM firms WHERE name LIKE '%' || ? || '%' ORDER BY capital DESC LIMIT 20"
BY_TRIGRAM = {'FTS5': 'SELECT capital FROM found CROSS JOIN firms ON firms.id = found.rowid WHERE found MATCH ? ORDER BY found.rowid LIMIT 20',
              'FTS5, sorted': 'SELECT capital FROM found CROSS JOIN firms ON firms.id = found.rowid WHERE found MATCH ? ORDER BY capital DESC LIMIT 20'}
JOBS = {'names': lambda kind, length: kind == 'some', 'names 2 characters': lambda kind, length: kind == 'some' and length == 2,
        'names 3-6 characters': lambda kind, length: kind == 'some' and length > 2, 'names no hit': lambda kind, length: kind == 'none'}


def load(folder):
    db = sqlite3.connect(':memory:')
    db.execute('CREATE TABLE firms (id integer PRIMARY KEY, capital integer NOT NULL, name text NOT NULL)')
    with open(os.path.join(folder, 'names.firms'), encoding='utf-8') as file:
        db.execute('CREATE TEMP TABLE given (capital integer, name text)')
        db.executemany('INSERT INTO given VALUES (?, ?)', (line.rstrip('\n').split('\t') for line in file))
    db.execute('INSERT INTO firms (capital, name) SELECT capital, name FROM given ORDER BY capital DESC')
    db.execute('DROP TABLE given')
    db.execute('CREATE INDEX firms_capital ON firms (capital)')
    db.execute("CREATE VIRTUAL TABLE found USING fts5 (name, content = 'firms', content_rowid = 'id', tokenize = 'trigram')")
    db.execute("INSERT INTO found (rowid, name) SELECT id, name FROM firms")
    db.execute("INSERT INTO found (found) VALUES ('optimize')")
    db.commit()
    return db


def ask(db, way, text):
    if len(text) > 2:
        return db.execute(BY_TRIGRAM[way], ('"' + text.replace('"', '""') + '"',)).fetchall()
    return db.execute(BY_LIKE, (text,)).fetchall()


def ask_all(db, way, asked):
    """Returns how many differ from ours."""
    took = []
    for kind, text, sizes in asked:
        began = time.perf_counter()
        rows = ask(db, way, text)
        us = (time.perf_counter() - began) * 1e6
        took.append((kind, len(text), us, ' '.join(str(row[0]) for row in rows) == sizes))
        if not took[-1][3]:
            print(f'{way}: "{text}": another answer than ours')
    for job, takes in JOBS.items():
        some = [(us, same) for kind, length, us, same in took if takes(kind, length)]
        if some:
            report(job, way, [us for us, _ in some], compared=len(some), wrong=sum(not same for _, same in some))
    return sum(not same for *_, same in took)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ['BENCH_WORK']
    start = time.perf_counter()
    db = load(folder)
    firms = db.execute('SELECT count(*) FROM firms').fetchone()[0]
    print(f'SQLite {sqlite3.sqlite_version}: {firms} enterprises loaded in {time.perf_counter() - start:.0f} s', flush=True)
    with open(os.path.join(folder, 'names.asked'), encoding='utf-8') as file:
        asked = [line.rstrip('\n').split('\t') for line in file]
    wrong = sum(ask_all(db, way, asked) for way in BY_TRIGRAM)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
