/* The card behind a figure: who said it, as of when, where it stands there, what else was said and why that was not
 * used. Beside the figure on a wide screen, a sheet at the foot on a narrow one. Esc closes; focus goes back. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { getWhy } from '../api';
import type { SourceInfo, Why } from '../api';
import { t, word } from '../i18n';
import { titleOf } from '../kinds';
import { codeLabel, fieldFor, fieldLabel, refName, sourceName } from '../model';
import { useResource } from '../resource';
import { closeSource, openSource } from '../source';
import type { OpenSource, Sum } from '../source';
import { lang, narrow } from '../state';
import { inWords } from '../units';
import { ErrorLine, IconButton, SampleTag } from './bits';

const GAP_PX = 8;

/* Where it covers least: under the figure if there is room, else above; never off the page. */
function place(card: HTMLElement, at: HTMLElement) {
  const figure = at.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.max(GAP_PX, Math.min(figure.left - 12, document.documentElement.clientWidth - width - GAP_PX));
  const below = figure.bottom + GAP_PX;
  const fits = below + height < innerHeight || figure.top < height + GAP_PX;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(fits ? below : figure.top - height - GAP_PX) + scrollY}px`;
}

export function SourceCard() {
  const open = openSource.value;
  return open && <Card key={'sum' in open.of ? open.of.sum.title : `${open.of.entity.kind}/${open.of.entity.id}/${open.of.field}`} open={open} />;
}

function Card({ open }: { open: OpenSource }) {
  const card = useRef<HTMLDivElement>(null);
  const { of } = open;
  const question = 'sum' in of ? '' : `${of.entity.kind}/${of.entity.id}/${of.field}`;
  const why = useResource(question, (abort) => ('sum' in of ? Promise.reject() : getWhy(of.entity.kind, of.entity.id, of.field, abort)));

  useLayoutEffect(() => {
    if (card.current && !narrow.value) place(card.current, open.at);
  });
  useEffect(() => {
    card.current?.focus({ preventScroll: true });
    const outside = (event: Event) => {
      const target = event.target as Element;
      if (!card.current?.contains(target) && !target.closest('.figure')) openSource.value = null;
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);

  const found = 'sum' in of ? undefined : why.data.value?.fields[of.field];
  const title = 'sum' in of ? of.sum.title : cardTitle(of, found);
  return (
    <div class="source-card" role="dialog" aria-label={title} tabIndex={-1} ref={card} data-popover>
      <header>
        <h2>{title}</h2>
        {found?.how === 'illustrative' && <SampleTag />}
        <IconButton icon="close" label={t('close')} onClick={closeSource} />
      </header>
      {'sum' in of ? (
        <SumRows sum={of.sum} />
      ) : why.error.value ? (
        <ErrorLine error={why.error.value} retry={why.retry} />
      ) : (
        <>
          <p class="quiet">{titleOf(of.entity)}</p>
          {found ? <Said of={of} why={found} /> : why.data.value && <p>{t('source.none')}</p>}
        </>
      )}
    </div>
  );
}

type Of = Exclude<OpenSource['of'], { sum: Sum }>;

function cardTitle(of: Of, why: Why | undefined): string {
  const label = fieldLabel(of.entity.kind, of.field);
  return why && !isLong(of, why) ? `${label} ${saidValue(of, why)}` : label;
}

/* A sentence is no title. */
const isLong = (of: Of, why: Why) => saidValue(of, why).length > 24;

function saidValue(of: Of, said: { value?: Why['value']; state?: string }): string {
  const field = fieldFor(of.entity, of.field);
  if (said.value === undefined || !field) return said.state ? word(`state.${said.state}`, said.state) : t('unknown');
  if (field.ref) return (Array.isArray(said.value) ? said.value : [String(said.value)]).map((id) => refName(of.entity, id)).join(lang.value === 'en' ? ', ' : '\u3001');
  return inWords(field, said.value);
}

function Said({ of, why }: { of: Of; why: Why }) {
  return (
    <dl class="said">
      {isLong(of, why) && (
        <>
          <dt>{t('source.what')}</dt>
          <dd>{saidValue(of, why)}</dd>
        </>
      )}
      {why.source && (
        <>
          <dt>{t('source.who')}</dt>
          <dd>
            <SourceLine source={why.source} />
            {why.locator && <span> · {locator(why.locator)}</span>}
          </dd>
        </>
      )}
      {why.as_of && (
        <>
          <dt>{t('source.as_of')}</dt>
          <dd>{why.as_of}</dd>
        </>
      )}
      <dt>{t('source.how')}</dt>
      <dd>{howKnown(why)}</dd>
      {why.others?.length ? (
        <>
          <dt>{t('source.others')}</dt>
          <dd>
            {why.others.map((other, n) => (
              <div key={n} class="other">
                <SourceLine source={other.source} /> {saidValue(of, other)}
                {other.as_of && ` (${other.as_of})`}
                <div class="quiet">{t(`lost.${other.lost}`, { who: why.source ? sourceName(why.source) : '' })}</div>
              </div>
            ))}
          </dd>
        </>
      ) : null}
      {why.source?.licence && (
        <>
          <dt>{t('source.licence')}</dt>
          <dd>{inThisLanguage(why.source.licence)}</dd>
        </>
      )}
    </dl>
  );
}

function howKnown(why: Why): string {
  if (why.derived === 'distance') return t('source.distance', { to: why.to ? sourceName(why.to) : '' });
  const how = why.how ? codeLabel('how', why.how) : t('unknown');
  return why.why && why.why !== 'only' ? `${how} · ${t(`won.${why.why}`)}` : how;
}

/* A licence may be given as Chinese · English. */
function inThisLanguage(text: string): string {
  const [first = '', second = ''] = text.split(' · ');
  const isChinese = (part: string) => /\p{Script=Han}/u.test(part);
  if (!second || !isChinese(first) || isChinese(second)) return text;
  return lang.value === 'en' ? second : first;
}

/* A paragraph's number is said in words; anything else as the record has it. */
const locator = (text: string) => (/^\d+$/.test(text) ? t('source.paragraph', { n: text }) : text);

function SourceLine({ source }: { source: SourceInfo }) {
  const name = sourceName(source);
  if (!source.url || !/^https?:/.test(source.url)) return <span>{name}</span>;
  return (
    <a href={source.url} target="_blank" rel="noreferrer noopener">
      {name}
    </a>
  );
}

function SumRows({ sum }: { sum: Sum }) {
  return (
    <>
      <p>{sum.how}</p>
      <table class="sum-rows">
        <tbody>
          {sum.rows.map((row) => (
            <tr key={row.name}>
              <td>{row.name}</td>
              <td class="number">{row.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sum.note && <p class="quiet">{sum.note}</p>}
    </>
  );
}
