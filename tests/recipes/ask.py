#!/usr/bin/env python3
"""Serves a ledger on a free loopback port, asks it one address, prints the answer: ask.py LIANPU DB PATH"""
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request


def main():
    lianpu, ledger, path = sys.argv[1:]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([lianpu, "serve", "--db", ledger, "--listen", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            print(answer.read().decode())
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
