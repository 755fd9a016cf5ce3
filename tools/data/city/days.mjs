// Days as integers (since 1970), for dates known to the day.
export const TODAY = dayOf('2022-11-30');

export function dayOf(text) { return Math.floor(Date.parse(`${text}T00:00:00Z`) / 86400000); }

export const textOf = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

/** Spring Festival by year, as days off were; New Year, May Day and National Day are the same every year. */
const FESTIVALS = [['2018-02-15', 7], ['2019-02-04', 7], ['2020-01-24', 10], ['2021-02-11', 7], ['2022-01-31', 7], ['2023-01-21', 7]]
  .map(([from, days]) => [dayOf(from), dayOf(from) + days]);

function isHoliday(day) {
  const date = textOf(day).slice(5);
  return (
    date === '01-01' ||
    (date >= '05-01' && date <= '05-03') ||
    (date >= '10-01' && date <= '10-07') ||
    FESTIVALS.some(([from, to]) => day >= from && day < to)
  );
}

/** The same or the next working day: no office signs, registers or hands over at the weekend or on a holiday. */
export function workday(day) {
  for (;; day++) {
    const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
    if (weekday !== 0 && weekday !== 6 && !isHoliday(day)) return day;
  }
}

/** When a row was last looked at: most in the last three months, some before May. */
export function seenDay(random) {
  const month = Number(random.weighted({ 11: 34, 10: 24, 9: 12, 8: 8, 7: 6, 6: 5, 5: 4, 4: 3, 3: 3, 2: 1 }));
  return workday(dayOf(`2022-${String(month).padStart(2, '0')}-${String(random.int(1, 26)).padStart(2, '0')}`));
}
