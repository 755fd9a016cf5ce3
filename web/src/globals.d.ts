/* Put in by web/build.mjs. */
declare const MAP_WORKER_URL: string;
declare const CHINESE_FACE_URL: string;
declare const LICENCES_URL: string;
