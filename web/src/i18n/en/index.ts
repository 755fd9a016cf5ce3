/* All English sentences: one file for each group of pages. */
import { base } from './base';
import { chains } from './chains';
import { figures } from './figures';
import { match } from './match';
import { park } from './park';
import { project } from './project';
import { things } from './things';

export const en: Record<keyof typeof import('../zh').zh, string> = { ...base, ...things, ...figures, ...project, ...park, ...chains, ...match };
