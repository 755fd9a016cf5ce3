/* fonts.ts: the Chinese face is half a megabyte and more for a page. It comes after what the page says, and not at all over a
 * slow connection: until then, and there, the system's own face stands in. */
import { quiet } from './busy';

const SLOW = ['slow-2g', '2g', '3g'];
interface Connection { saveData?: boolean; effectiveType?: string }

function isSlow(): boolean {
  const { connection } = navigator as { connection?: Connection };
  return Boolean(connection?.saveData) || SLOW.includes(connection?.effectiveType ?? '');
}

function load(): Promise<void> {
  return new Promise((done) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = CHINESE_FACE_URL;
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
}

let face: Promise<void> | undefined;
/* Resolves when text can be drawn in it, or will not be. */
export const chineseFace = (): Promise<void> => (face ??= quiet().then(() => (isSlow() ? undefined : load())));
