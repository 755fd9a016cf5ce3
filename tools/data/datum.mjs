// GCJ-02 ↔ WGS84. The offset polynomials are the published ones (eviltransform and others give the same
// coefficients); the inverse has no closed form and is iterated until it maps back to within 1 mm.
const A = 6378245.0; // Krasovsky 1940, as GCJ-02 uses it
const EE = 0.00669342162296594323;

function wave(a, b, value) {
  return (20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * (2 / 3)
    + (20 * Math.sin(a * Math.PI) + 40 * Math.sin((a / 3) * Math.PI)) * (2 / 3)
    + b;
}

function offset(lon, lat) {
  const x = lon - 105, y = lat - 35, root = Math.sqrt(Math.abs(x));
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    + wave(y, (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3), x);
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    + wave(x, (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3), x);
  const phi = (lat / 180) * Math.PI, s = Math.sin(phi), magic = 1 - EE * s * s;
  dLat = (dLat * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI);
  dLon = (dLon * 180) / ((A / Math.sqrt(magic)) * Math.cos(phi) * Math.PI);
  return [dLon, dLat];
}

/** [lon, lat] in WGS84 → GCJ-02. Only for mainland China, where the two differ. */
export function gcj02FromWgs84([lon, lat]) {
  const [dLon, dLat] = offset(lon, lat);
  return [lon + dLon, lat + dLat];
}

const NEAR_ENOUGH_DEG = 1e-8; // about 1 mm

/** The reverse, to within 1 mm. Throws where the iteration does not settle: the input is then not of China. */
export function wgs84FromGcj02([lon, lat]) {
  let guess = [lon, lat];
  for (let i = 0; i < 30; i++) {
    const back = gcj02FromWgs84(guess);
    const dLon = back[0] - lon, dLat = back[1] - lat;
    guess = [guess[0] - dLon, guess[1] - dLat];
    if (Math.abs(dLon) < NEAR_ENOUGH_DEG && Math.abs(dLat) < NEAR_ENOUGH_DEG) return guess;
  }
  throw new Error(`GCJ-02 inverse does not settle at ${lon}, ${lat}`);
}
