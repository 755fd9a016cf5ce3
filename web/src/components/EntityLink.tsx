/* The name of a thing, as a link to its page. */
import type { ComponentChildren } from 'preact';
import type { Entity, Kind } from '../api';
import { pathOf, titleOf } from '../kinds';
import { refName } from '../model';
import { PageLink } from './Header';

export function EntityLink({ entity, children }: { entity: Entity; children?: ComponentChildren }) {
  return <PageLink to={pathOf(entity.kind, entity.id)}>{children ?? titleOf(entity)}</PageLink>;
}

/* One that a field of `of` refers to. */
export function RefLink({ of, id, kind }: { of: Entity; id: string; kind: Kind }) {
  return <PageLink to={pathOf(kind, id)}>{refName(of, id)}</PageLink>;
}
