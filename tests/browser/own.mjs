// A server of a test's own, with the program that LIANPU_PROGRAM names.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { check } from './suite.mjs';

export const PROGRAM = process.env.LIANPU_PROGRAM;

export const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/* Serves a ledger on a free loopback port; has answered when it returns. */
export async function serve(ledger, options = [], env = {}) {
  const port = await freePort();
  const server = spawn(PROGRAM, ['serve', '--db', ledger, '--listen', `127.0.0.1:${port}`, ...options], { stdio: 'ignore', env: { ...process.env, ...env } });
  const base = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${base}/readyz`).then((reply) => reply.ok, () => false))) {
    check(server.exitCode === null, 'the server has ended');
    await new Promise((done) => setTimeout(done, 50));
  }
  return { base, stop: () => server.kill() };
}
