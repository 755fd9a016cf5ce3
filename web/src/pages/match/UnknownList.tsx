/* Sites that may fit: what is missing, whom to ask, and what the score would be at best and at worst. */
import { useSignal } from '@preact/signals';
import type { Bilingual, Ranking, UnknownSite } from '../../api';
import { askName } from '../../asks';
import { Icon } from '../../components/Icon';
import { t } from '../../i18n';
import { countiesOf, fieldOf, nameOf } from '../../model';
import { isSelected, lang, select } from '../../state';
import { grouped, inWords } from '../../units';
import { conditionLabel, hovered, letter, lit, officeName } from './match';

const SHOWN_FIRST = 5;
const ASKED_SHOWN = 3;

const officeOf = (office: Bilingual | null) => (office ? officeName(office) : t('unknown.nobody'));

export function UnknownList({ ranking }: { ranking: Ranking }) {
  const all = useSignal(false);
  const rows = all.value ? ranking.unknowns : ranking.unknowns.slice(0, SHOWN_FIRST);
  const more = ranking.unknowns.length - rows.length;
  const [first, ...others] = ranking.ask.filter(({ gains }) => gains > 0);
  return (
    <section class="card unknowns" id="group-unknown" aria-label={t('group.unknown')}>
      <header>
        <h2>
          {t('group.unknown')} <span class="quiet">{grouped(ranking.unknown)}</span>
        </h2>
        {first && <span class="quiet">{t('unknown.ask_first', { office: officeOf(first.office), n: first.gains })}</span>}
      </header>
      {others.length > 0 && <p class="note">{t('unknown.ask_next', { offices: others.slice(0, ASKED_SHOWN).map(({ office, gains }) => t('unknown.ask_gains', { office: officeOf(office), n: gains })).join(lang.value === 'en' ? '; ' : '\uff1b') })}</p>}
      <ol>
        {rows.map((site, n) => (
          <Row key={site.entity.id} ranking={ranking} site={site} mark={letter(n)} />
        ))}
      </ol>
      {more > 0 && (
        <button type="button" class="more" onClick={() => (all.value = true)}>
          {t('match.more', { n: more })} <Icon name="down" size={14} />
        </button>
      )}
    </section>
  );
}

function Row({ ranking, site, mark }: { ranking: Ranking; site: UnknownSite; mark: string }) {
  const { entity } = site;
  const on = isSelected(entity);
  const [low, high] = [site.score.toFixed(0), (site.score_high ?? site.score).toFixed(0)];
  return (
    <li class={`unknown-row${on ? ' on' : ''}${lit.value === entity.id ? ' lit' : ''}`} data-site={entity.id} onPointerEnter={() => (hovered.value = entity.id)} onPointerLeave={() => (hovered.value = '')}>
      <button type="button" class="site-open" aria-pressed={on} onClick={() => select(on ? null : { kind: 'parcel', id: entity.id })}>
        <span class={`mark mark-unknown${on ? ' on' : ''}`}>{mark}</span>
        <span class="site-name">
          <b>{nameOf(entity)}</b>
          <span class="quiet">{countiesOf(entity)}</span>
          {site.asks.map((n) => (
            <span key={n} class="ask">
              <span aria-hidden="true">?</span> {whatIsMissing(ranking, site, n)}
            </span>
          ))}
        </span>
        <span class="office">
          {site.office && (
            <>
              <span class="quiet">{t('unknown.ask')}</span> <b>{officeName(site.office)}</b>
            </>
          )}
        </span>
        <span class="score">
          <b>{low === high ? low : `${low}–${high}`}</b> {t('match.points')}
        </span>
      </button>
    </li>
  );
}

function whatIsMissing(ranking: Ranking, { entity, warnings }: UnknownSite, n: number): string {
  const condition = ranking.conditions.find((one) => one.n === n);
  if (!condition) return t('match.filter');
  const label = conditionLabel(condition);
  if (condition.filter) return t('unknown.filter');
  // What its park does not say, or where nobody knows how far it is.
  const name = askName(condition);
  if (!condition.field || name.startsWith('park.')) return t('unknown.missing', { label });
  const value = entity.fields[name];
  if (condition.offer && value !== undefined) {
    const until = entity.fields['promised_until'] ?? warnings.find(({ code }) => code === 'promised')?.until;
    return until ? t('warning.promised', { until: String(until) }) : t('warning.promised_open');
  }
  const state = entity.states?.[name];
  if (state) return t('unknown.withheld', { label });
  if (value === undefined) return t('unknown.missing', { label });
  // A date that is only a year or a month may lie on either side of the limit.
  return t('unknown.vague', { label, value: inWords(fieldOf('parcel', name)!, value) });
}
