/* routes.ts: which page an address means. Pages but the first are fetched when they are first asked for. */
import type { Kind } from './api';
import { kindOfPage } from './kinds';

export interface Route {
  name: 'home' | 'match' | 'compare' | 'about' | 'list' | 'one' | 'lost';
  kind?: Kind;
  id?: string;
}

const FIXED: Record<string, Route['name']> = { '/': 'home', '/match': 'match', '/compare': 'compare', '/about-data': 'about' };

export function routeOf(path: string): Route {
  const fixed = FIXED[path];
  if (fixed) return { name: fixed };
  const [, page = '', id, more] = path.split('/');
  const kind = kindOfPage(page);
  if (!kind || more !== undefined) return { name: 'lost' };
  return id === undefined ? { name: 'list', kind } : { name: 'one', kind, id: decoded(id) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not of this program's making: no thing has such a name
  }
}
