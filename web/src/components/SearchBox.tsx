/* Search over everything: Chinese characters, pinyin, initials, former names, codes. The results push down what is
 * below them and never cover it. Arrows choose, Enter opens, Esc clears. */
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { getSearch } from '../api';
import type { Found, SearchAnswer } from '../api';
import { t, word } from '../i18n';
import { codeLabel, kindTitle, sourceName } from '../model';
import { useResource } from '../resource';
import { lang } from '../state';
import { grouped } from '../units';
import { ErrorLine, IconButton, SampleTag } from './bits';
import { Icon } from './Icon';

const EACH_MAX = 5;
const TYPING_WAIT_MS = 120;
const QUERY_CHARACTERS_MAX = 100;

/* "50+" where that many were counted and there are more. */
const counted = (total: number, isLeast = false) => `${grouped(total)}${isLeast ? '+' : ''}`;

interface Props {
  text: string;
  onText: (text: string) => void;
  onChoose: (found: Found) => void;
  autofocus?: boolean;
}

export function SearchBox({ text, onText, onChoose, autofocus = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const at = useSignal(0);
  const asked = text.trim();
  const answer = useResource(asked && `search|${asked}`, (abort) => getSearch(asked, EACH_MAX, abort), TYPING_WAIT_MS);
  const found = asked && answer.data.value ? answer.data.value : null;
  const items = found ? found.groups.flatMap((group) => group.items) : [];
  const chosen = Math.min(at.value, items.length - 1);
  const idOf = (n: number) => `found-${n}`;

  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const to = Math.max(0, Math.min(items.length - 1, chosen + (event.key === 'ArrowDown' ? 1 : -1)));
      at.value = to;
      document.getElementById(idOf(to))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && items[chosen]) {
      event.preventDefault();
      onChoose(items[chosen]);
    } else if (event.key === 'Escape' && text) {
      event.stopPropagation();
      onText('');
    }
  };
  return (
    <div class="search" role="search">
      <div class="search-field">
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={items.length > 0}
          aria-controls="search-results"
          aria-activedescendant={items.length ? idOf(chosen) : undefined}
          aria-autocomplete="list"
          placeholder={t('search.placeholder')}
          value={text}
          maxLength={QUERY_CHARACTERS_MAX}
          autocomplete="off"
          spellcheck={false}
          autofocus={autofocus}
          onInput={(event) => {
            at.value = 0;
            onText(event.currentTarget.value);
          }}
          onKeyDown={press}
        />
        {text ? (
          <IconButton
            icon="close"
            label={t('search.clear')}
            onClick={() => {
              onText('');
              input.current?.focus();
            }}
          />
        ) : (
          <kbd aria-hidden="true">/</kbd>
        )}
      </div>
      {answer.error.value && asked && <ErrorLine error={answer.error.value} retry={answer.retry} />}
      {found && (items.length ? <Results found={found} chosen={chosen} idOf={idOf} onChoose={onChoose} onHover={(n) => (at.value = n)} /> : <p class="search-none">{nothing(found)}</p>)}
    </div>
  );
}

const nothing = (found: SearchAnswer) => t('search.none', { q: found.q, tried: found.tried.map((one) => word(`search.tried.${one}`, one)).join(lang.value === 'en' ? ', ' : '\u3001') });

interface ResultsProps { found: SearchAnswer; chosen: number; idOf: (n: number) => string; onChoose: (one: Found) => void; onHover: (n: number) => void }
function Results({ found, chosen, idOf, onChoose, onHover }: ResultsProps) {
  let n = -1;
  const total = counted(found.groups.reduce((sum, group) => sum + group.total, 0), found.groups.some((group) => group.total_is_least));
  return (
    <div class="search-results" id="search-results" role="listbox" aria-label={t('search.results', { n: total })}>
      <p class="search-count">{t('search.count', { n: total })}</p>
      {found.groups.map((group) => (
        <div key={group.kind} role="group" aria-label={kindTitle(group.kind)}>
          <p class="search-kind" aria-hidden="true">
            {kindTitle(group.kind)} <span>{counted(group.total, group.total_is_least)}</span>
          </p>
          {group.items.map((one) => {
            const at = ++n;
            return (
              <div key={one.id} id={idOf(at)} class={at === chosen ? 'found on' : 'found'} role="option" aria-selected={at === chosen} onPointerMove={() => onHover(at)} onClick={() => onChoose(one)}>
                <Name one={one} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/* The name with what was found in it set bold; what was found elsewhere (a code, a former name) after it. */
function Name({ one }: { one: Found }) {
  const name = sourceName(one);
  const { text, from, to, by } = one.matched;
  const marked = (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
  const inName = text === name;
  return (
    <>
      <span class="found-name">{inName ? marked : name}</span>
      <span class="found-by">{inName ? (lang.value === 'zh' && (by === 'pinyin' || by === 'initials') ? one.pinyin : '') : marked}</span>
      {one.how === 'illustrative' && <SampleTag text={codeLabel('how', 'illustrative')} />}
    </>
  );
}
