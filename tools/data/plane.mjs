// Plane geometry of WGS84 lon/lat in small areas, without a library: what the scripts and their tests measure with.
// GeoJSON geometries in, Polygon or MultiPolygon.

const A_M = 6378137, E2 = 6.69437999014e-3; // WGS84

/** Metres per degree of longitude and latitude at a latitude (radii of curvature of the ellipsoid). */
export function metresPerDegree(lat) {
  const phi = (lat * Math.PI) / 180, w = 1 - E2 * Math.sin(phi) ** 2;
  const prime = A_M / Math.sqrt(w), meridian = (A_M * (1 - E2)) / (w * Math.sqrt(w));
  return [(prime * Math.cos(phi) * Math.PI) / 180, (meridian * Math.PI) / 180];
}

export function polygonsOf(geometry) {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function ringArea2(ring, mx, my) {
  let twice = 0;
  const [ox, oy] = ring[0];
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1], [x2, y2] = ring[i];
    twice += (x1 - ox) * mx * (y2 - oy) * my - (x2 - ox) * mx * (y1 - oy) * my;
  }
  return twice;
}

/** m², with the scale taken at the middle of each polygon: exact enough (1e-4) for a plot, and to compare. */
export function areaM2(geometry) {
  let area = 0;
  for (const rings of polygonsOf(geometry)) {
    const lats = rings[0].map((c) => c[1]);
    const [mx, my] = metresPerDegree((Math.min(...lats) + Math.max(...lats)) / 2);
    rings.forEach((ring, i) => { area += (i ? -1 : 1) * Math.abs(ringArea2(ring, mx, my)) / 2; });
  }
  return area;
}

const MERIDIAN = 112.6; // any: one for all, so that a common border counts the same on both sides

/** m², each edge with the scale of its own latitude: for counties. The parts of a whole add up to it. */
export function regionAreaM2(geometry) {
  let area = 0;
  for (const rings of polygonsOf(geometry)) {
    rings.forEach((ring, r) => {
      let sum = 0;
      for (let i = 1; i < ring.length; i++) {
        const [x1, y1] = ring[i - 1], [x2, y2] = ring[i], [mx, my] = metresPerDegree((y1 + y2) / 2);
        sum += ((x1 + x2) / 2 - MERIDIAN) * mx * (y2 - y1) * my;
      }
      area += (r ? -1 : 1) * Math.abs(sum);
    });
  }
  return area;
}

/** Every directed edge as "x,y x,y". */
export function edgesOf(geometry) {
  const edges = [];
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) edges.push(`${ring[i - 1]} ${ring[i]}`);
  return edges;
}

const side = ([ax, ay], [bx, by], [px, py]) => Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

/** Do the open segments cross in one point? Touching ends and common lines do not count. */
export function segmentsCross(a, b, c, d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** How many pairs of edges of the geometry cross. Edges are sorted by their left end, so far pairs are not looked at. */
export function ringCrossings(geometry) {
  const edges = [];
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++)
        edges.push([ring[i - 1], ring[i], Math.min(ring[i - 1][0], ring[i][0]), Math.max(ring[i - 1][0], ring[i][0])]);
  edges.sort((a, b) => a[2] - b[2]);
  let crossings = 0;
  for (let i = 0; i < edges.length; i++)
    for (let j = i + 1; j < edges.length && edges[j][2] <= edges[i][3]; j++)
      if (segmentsCross(edges[i][0], edges[i][1], edges[j][0], edges[j][1])) crossings++;
  return crossings;
}

/** Is the point inside (even-odd)? On the border: either. */
export function contains(geometry, [x, y]) {
  let inside = false;
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [x1, y1] = ring[i - 1], [x2, y2] = ring[i];
        if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
      }
  return inside;
}

/** Is the small polygon wholly inside the large one? */
export function containsAll(large, small) {
  const ring = polygonsOf(small)[0][0];
  if (!ring.every((c) => contains(large, c))) return false;
  const xs = ring.map((c) => c[0]), ys = ring.map((c) => c[1]);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  for (const rings of polygonsOf(large))
    for (const outer of rings)
      for (let i = 1; i < outer.length; i++) {
        const [a, b] = [outer[i - 1], outer[i]];
        if (Math.max(a[0], b[0]) < box[0] || Math.min(a[0], b[0]) > box[2]) continue;
        if (Math.max(a[1], b[1]) < box[1] || Math.min(a[1], b[1]) > box[3]) continue;
        for (let j = 1; j < ring.length; j++) if (segmentsCross(a, b, ring[j - 1], ring[j])) return false;
      }
  return true;
}

/** The area of the common part of two convex rings (Sutherland–Hodgman), in the square of their unit. */
export function commonArea(ringA, ringB) {
  const ccw = (ring) => (ringArea2(ring, 1, 1) < 0 ? [...ring].reverse() : ring);
  const clip = ccw(ringB);
  let part = ccw(ringA).slice(0, -1);
  for (let i = 1; i < clip.length && part.length; i++) {
    const [a, b] = [clip[i - 1], clip[i]], next = [];
    const depth = ([x, y]) => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    part.forEach((p, k) => {
      const q = part[(k + 1) % part.length], dp = depth(p), dq = depth(q);
      if (dp >= 0) next.push(p);
      if (dp * dq < 0) next.push([p[0] + ((q[0] - p[0]) * dp) / (dp - dq), p[1] + ((q[1] - p[1]) * dp) / (dp - dq)]);
    });
    part = next;
  }
  return part.length < 3 ? 0 : Math.abs(ringArea2([...part, part[0]], 1, 1)) / 2;
}
