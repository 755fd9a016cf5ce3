/* map/maplibre.ts: the one place that names the map library. */
import { Map, setWorkerUrl } from 'maplibre-gl';

export default { Map, setWorkerUrl };
