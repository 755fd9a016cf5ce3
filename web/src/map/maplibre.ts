/* map/maplibre.ts: of the map library, what is used. */
import { Map, setWorkerUrl } from 'maplibre-gl';

export default { Map, setWorkerUrl };
