import type { match as zh } from '../zh/match';

export const match: Record<keyof typeof zh, string> = {
  'group.near': 'Near miss',
  'near.says': 'One condition short',
  'near.over': '{amount} too high',
  'near.under': '{amount} short',
  'near.far': '{amount} too far',
  'near.close': '{amount} too close',
  'near.late': '{n} {n|day|days} late',
  'near.early': '{n} {n|day|days} early',
  'near.no': 'Does not meet it',

  'relax.title': 'Relax one, gain some',
  'relax.gains': '+{n} {n|site|sites}',
  'relax.apply': 'Apply',
  'relax.none': 'No single change is enough; {first} and {second} are nearest.',
  'relax.nothing': 'No single change is enough.',
  'relax.only_offer': 'Only plots coming free would add any; no other single change is enough.',

  'robust.title': 'Does first place hold?',
  'robust.holds': 'Holds in {holds} of {n} trials.',
  'robust.each': 'Each weight 20 % up and down.',
  'robust.only': 'Each weight 20 % up and down. Only moving {label} from {from} to {to} puts no. {rank} ahead, by {lead} points.',

  'step.land': 'Land',
  'step.handover': 'Handover',
  'site.earliest': 'Earliest start',
  'site.not_before': 'Not before',
  'site.left': '{n} {n|step|steps} to go',
  'site.nothing_left': 'Land, road, water and power are ready',

  'unknown.ask_next': 'Then: {offices}',
  'unknown.ask_gains': '{office} ({n})',
  'unknown.nobody': '(no office named)',
};
