// CSV as Lianpu reads and writes it: UTF-8, comma, quotes only where needed, one line a row, "\n".

const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** rows: objects; columns: their order. A cell that a row lacks is empty, which means unknown. */
export function csvText(columns, rows) {
  for (const row of rows)
    for (const name of Object.keys(row))
      if (!columns.includes(name)) throw new Error(`no column ${name}`);
  const lines = rows.map((row) => columns.map((name) => quoted(String(row[name] ?? ''))).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

/** → an array of objects, one a row, every cell a string. */
export function csvRows(text) {
  const lines = [];
  let line = [], cell = '', open = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (open && c === '"' && text[i + 1] === '"') cell += text[i++];
    else if (c === '"') open = !open;
    else if (!open && c === ',') { line.push(cell); cell = ''; }
    else if (!open && c === '\n') { lines.push([...line, cell]); line = []; cell = ''; }
    else cell += c;
  }
  if (open || line.length || cell) throw new Error('the text ends within a row');
  const [head, ...rest] = lines;
  return rest.map((cells, i) => {
    if (cells.length !== head.length) throw new Error(`row ${i + 2} has ${cells.length} cells, not ${head.length}`);
    return Object.fromEntries(head.map((name, k) => [name, cells[k]]));
  });
}

/** "POINT (x y)" or "POLYGON ((x y, …))" → GeoJSON. */
export function geometryOfWkt(wkt) {
  const point = /^POINT \(([-\d.]+) ([-\d.]+)\)$/.exec(wkt);
  if (point) return { type: 'Point', coordinates: [Number(point[1]), Number(point[2])] };
  const polygon = /^POLYGON \(\((.+)\)\)$/.exec(wkt);
  if (!polygon) throw new Error(`not a point or polygon: ${wkt.slice(0, 60)}`);
  return { type: 'Polygon', coordinates: [polygon[1].split(', ').map((pair) => pair.split(' ').map(Number))] };
}
