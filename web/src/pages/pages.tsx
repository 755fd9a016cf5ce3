/* pages.tsx: the page of each route, and the parts that single kinds bring to theirs. */
import type { ComponentType } from 'preact';
import type { Kind } from '../api';
import { lazy } from '../lazy';
import type { Route } from '../routes';
import { HomePage } from './home/HomePage';
import { LostPage } from './LostPage';

const MatchPage = lazy(() => import('./match/MatchPage').then((m) => m.MatchPage));
const ListPage = lazy<{ kind: Kind }>(() => import('./list/ListPage').then((m) => m.ListPage));
const OnePage = lazy<{ kind: Kind; id: string }>(() => import('./one/OnePage').then((m) => m.OnePage));

const ComparePage = lazy(() => import('./compare/ComparePage').then((m) => m.ComparePage));
const AboutPage = lazy(() => import('./about/AboutPage').then((m) => m.AboutPage));

/* Kinds whose list, or whose one, is a page of its own making. */
const LISTS: Partial<Record<Kind, ComponentType>> = {
  chain: lazy(() => import('./chains/ChainsPage').then((m) => m.ChainsPage)),
  park: lazy(() => import('./park/ParksPage').then((m) => m.ParksPage)),
  indicator: lazy(() => import('./figures/IndicatorsPage').then((m) => m.IndicatorsPage)),
};
const ONES: Partial<Record<Kind, ComponentType<{ id: string }>>> = {
  chain: lazy(() => import('./chains/ChainPage').then((m) => m.ChainPage)),
  segment: lazy(() => import('./chains/SegmentPage').then((m) => m.SegmentPage)),
  park: lazy(() => import('./park/ParkPage').then((m) => m.ParkPage)),
  parcel: lazy(() => import('./park/ParcelPage').then((m) => m.ParcelPage)),
  indicator: lazy(() => import('./figures/IndicatorPage').then((m) => m.IndicatorPage)),
  project: lazy(() => import('./project/ProjectPage').then((m) => m.ProjectPage)),
  event: lazy(() => import('./project/EventPage').then((m) => m.EventPage)),
};

export function PageOf({ route }: { route: Route }) {
  const { name, kind, id } = route;
  if (name === 'home') return <HomePage />;
  if (name === 'match') return <MatchPage />;
  if (name === 'compare') return <ComparePage />;
  if (name === 'about') return <AboutPage />;
  if (name === 'list' && kind) {
    const List = LISTS[kind];
    return List ? <List /> : <ListPage kind={kind} />;
  }
  if (name === 'one' && kind && id !== undefined) {
    const One = ONES[kind];
    return One ? <One id={id} /> : <OnePage kind={kind} id={id} />;
  }
  return <LostPage />;
}
