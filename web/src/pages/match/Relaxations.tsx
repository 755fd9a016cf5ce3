/* What one change alone would gain, and a button that makes it. */
import type { Ranking, Relaxation } from '../../api';
import { askField, askLabel, askName } from '../../asks';
import { conditionOn, setCondition } from '../../brief';
import { t } from '../../i18n';
import { codeLabel } from '../../model';
import { grouped, limitInWords } from '../../units';
import { conditionLabel } from './match';

const SHOWN_MAX = 5;

export function Relaxations({ ranking }: { ranking: Ranking }) {
  const own = ranking.relaxations.filter((one) => conditionOn(askName(one)));
  return (
    <div class="relaxations">
      <h3>{t('relax.title')}</h3>
      {own.length ? (
        <ul>
          {own.slice(0, SHOWN_MAX).map((one) => (
            <Row key={one.n} relaxation={one} />
          ))}
        </ul>
      ) : (
        <p class="block quiet">{noneSays(ranking)}</p>
      )}
    </div>
  );
}

/* Of a moved end the change that gains most, unless it asks for too much; then the smallest that gains any. */
const chosen = ({ step, least }: Relaxation) => step ?? least;

function Row({ relaxation }: { relaxation: Relaxation }) {
  const { end, from, add, gains } = relaxation;
  const name = askName(relaxation);
  const field = askField(name)!;
  const to = chosen(relaxation);
  const asked = conditionOn(name)!;
  const apply = () => setCondition(add ? { ...asked, in: [...(asked.in ?? []), add] } : { ...asked, [end!]: to!.to });
  const words = add ? (
    <>
      {askLabel(name)} + <b>{field.codes ? codeLabel(field.codes, add) : add}</b>
    </>
  ) : (
    <>
      {askLabel(name)} <s>{limitInWords(field, from!)}</s> → <b>{limitInWords(field, to!.to)}</b>
    </>
  );
  const gained = add ? gains! : to!.gains;
  return (
    <li>
      <span>{words}</span>
      <b class="gains">{t('relax.gains', { n: grouped(gained) })}</b>
      <button type="button" class="button compact" onClick={apply}>
        {t('relax.apply')}
      </button>
    </li>
  );
}

function noneSays({ none, conditions, relaxations, near }: Ranking): string {
  const label = (n: number) => conditionLabel(conditions.find((one) => one.n === n)!);
  if (none?.nearest.length === 2) return t('relax.none', { first: label(none.nearest[0]!), second: label(none.nearest[1]!) });
  return t(relaxations.length || near ? 'relax.only_offer' : 'relax.nothing');
}
