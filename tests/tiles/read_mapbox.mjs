// Reads one vector tile with @mapbox/vector-tile and prints {layer: [GeoJSON features]}.
//     node tests/tiles/read_mapbox.mjs FILE Z X Y
import { VectorTile } from '@mapbox/vector-tile';
import * as pbf from 'pbf';
import { readFileSync } from 'node:fs';

const [file, z, x, y] = process.argv.slice(2);
const Reader = pbf.PbfReader ?? pbf.default;
const tile = new VectorTile(new Reader(readFileSync(file)));
const layers = {};
for (const [name, layer] of Object.entries(tile.layers)) {
    layers[name] = [];
    for (let i = 0; i < layer.length; i++) layers[name].push(layer.feature(i).toGeoJSON(+x, +y, +z));
}
process.stdout.write(JSON.stringify(layers) + '\n');
