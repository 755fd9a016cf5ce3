#!/usr/bin/env python3
"""Runs a program as the unit would, as far as that goes without systemd: shut.py UNIT PROGRAM …. Its filter of system calls (by the
sets of `systemd-analyze syscall-filter`), no new privileges, no memory that is written and then run. Exit 77: not on this machine."""
import ctypes
import os
import pathlib
import platform
import re
import struct
import subprocess
import sys

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 22, 38, 65
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
HEADER = pathlib.Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")


def members(wanted):
    sets, name = {}, None
    for line in subprocess.run(["systemd-analyze", "syscall-filter"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        if line.startswith("@"):
            name = line.strip()
            sets[name] = []
        elif name and line.strip() and not line.strip().startswith("#"):
            sets[name].append(line.strip())

    def flat(one):
        return {one} if not one.startswith("@") else set().union(*map(flat, sets[one]))
    return set().union(*map(flat, wanted))


def shut(unit):
    text = pathlib.Path(unit).read_text(encoding="utf-8")
    numbers = dict(re.findall(r"#define __NR_(\w+) (\d+)", HEADER.read_text()))
    allowed = sorted(int(numbers[name]) for name in members(re.search(r"^SystemCallFilter=(.+)$", text, re.M).group(1).split()) if name in numbers)
    steps = [(LOAD, 0, 0, 0)]
    for number in allowed:
        steps += [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    steps.append((RETURN, 0, 0, REFUSE))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = [("count", ctypes.c_ushort), ("steps", ctypes.c_void_p)]
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    if libc.prctl(PR_SET_MDWE, 1, 0, 0, 0) != 0:
        print("this kernel does not know MDWE; going on without", file=sys.stderr)
    program = Program(len(steps), ctypes.addressof(code))
    assert libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0) == 0, os.strerror(ctypes.get_errno())
    assert libc.mount(None, b"/", None, 0, None) == -1 and ctypes.get_errno() == 1, "the filter does not hold"


if __name__ == "__main__":
    if platform.machine() != "x86_64" or not HEADER.exists() or not any(os.access(f"{p}/systemd-analyze", os.X_OK) for p in os.get_exec_path()):
        sys.exit(77)
    shut(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
