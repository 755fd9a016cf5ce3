// A small generator of numbers that is the same everywhere: integers only (xorshift32, Marsaglia 2003), no Math.random.
export class Random {
  constructor(seed) { this.state = seed >>> 0 || 1; }

  next() {
    let x = this.state;
    x ^= x << 13; x >>>= 0;
    x ^= x >>> 17;
    x ^= x << 5; x >>>= 0;
    return (this.state = x);
  }

  /** An integer from `least` to `greatest`, both included. */
  int(least, greatest) { return least + (this.next() % (greatest - least + 1)); }

  /** True in `percent` of 100 cases. */
  chance(percent) { return this.int(1, 100) <= percent; }

  of(list) { return list[this.int(0, list.length - 1)]; }

  /** A key of { key: weight, … }; weights are integers. */
  weighted(weights) {
    const entries = Object.entries(weights);
    let at = this.int(1, entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) if ((at -= weight) <= 0) return key;
    throw new Error('no weights');
  }
}
