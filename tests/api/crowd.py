"""Many clients that do little: idle connections, half of which have asked something before, and slow ones that send a byte a
second. They are a process of their own, so that what is measured beside them is not slowed by them."""
import multiprocessing
import resource
import select
import socket
import time

HEAD = b"GET /api/park?limit=1 HTTP/1.1\r\nHost: x\r\n"
SLOW = HEAD + b"X-Patience: " + b"a" * 2000 + b"\r\n\r\n"
AT_A_TIME = 200  # below any backlog: a dropped handshake is tried again only after a second
TICKS = 20  # a second


def room_for(files):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < files:
        raise RuntimeError(f"{files} files are needed, {hard} are allowed (ulimit -Hn)")
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))


def connect(port, count, patience_s):
    sockets = []
    for _ in range(count):
        s = socket.create_connection(("127.0.0.1", port), timeout=patience_s)
        sockets.append(s)
    return sockets


def whole_answer(s):
    """Reads one answer with a Content-Length; its status."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = s.recv(65536)
        if not more:
            return 0
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    left = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(s.recv(65536)) or left
    return int(head.split()[1])


def closed(sockets):
    """How many the server has ended."""
    poll = select.epoll()
    for s in sockets:
        poll.register(s, select.EPOLLIN | select.EPOLLRDHUP)
    ended = sum(1 for _, what in poll.poll(0, max(len(sockets), 1)) if what & (select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR))
    poll.close()
    return ended


def play(pipe, port, idle, slow, patience_s):
    room_for(idle + slow + 100)
    begun = time.monotonic()
    resting, sending = [], []
    for to, count in ((resting, idle), (sending, slow)):
        while len(to) < count:
            to += connect(port, min(AT_A_TIME, count - len(to)), patience_s)
    asked = resting[: idle // 2]
    statuses = set()
    for start in range(0, len(asked), AT_A_TIME):
        for s in asked[start:start + AT_A_TIME]:
            s.sendall(HEAD + b"\r\n")
        statuses |= {whole_answer(s) for s in asked[start:start + AT_A_TIME]}
    pipe.send({"connected_s": time.monotonic() - begun, "statuses": sorted(statuses)})
    sent, turn, late_s, next_at = [0] * len(sending), 0, 0.0, time.monotonic()
    while not pipe.poll(max(0.0, next_at - time.monotonic())):
        late_s = max(late_s, time.monotonic() - next_at)
        for i in range(turn % TICKS, len(sending), TICKS):
            try:
                sending[i].send(SLOW[sent[i]:sent[i] + 1])
                sent[i] += 1
            except OSError:
                pass  # counted below as ended
        turn += 1
        next_at += 1 / TICKS
    ended = {"idle_ended": closed(resting), "slow_ended": closed(sending), "bytes_sent": sum(sent), "late_s": late_s}
    answered = 0
    for i, s in enumerate(sending):
        try:
            s.sendall(SLOW[sent[i]:])
            answered += whole_answer(s) == 200
        except OSError:
            pass
    pipe.send({**ended, "slow_answered": answered})


class Crowd:
    """Connected when the constructor returns, and slow from then on; end() tells what became of them."""

    def __init__(self, port, idle, slow, patience_s=60):
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=play, args=(theirs, port, idle, slow, patience_s), daemon=True)
        self.process.start()
        theirs.close()
        self.begun = self.pipe.recv()

    def end(self):
        self.pipe.send("end")
        told = self.pipe.recv()
        self.process.join()
        return {**self.begun, **told}


def percentile(values, of):
    return sorted(values)[min(len(values) - 1, int(len(values) * of / 100))]
