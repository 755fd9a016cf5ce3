// Days as integers (since 1970), for dates known to the day.
export const TODAY = dayOf('2022-11-30');

export function dayOf(text) { return Math.floor(Date.parse(`${text}T00:00:00Z`) / 86400000); }

export const textOf = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

/** The same or the next working day: no office signs, registers or hands over at the weekend. */
export function workday(day) {
  const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
}

/** When a row was last looked at: most in the last three months, some before May. */
export function seenDay(random) {
  const month = Number(random.weighted({ 11: 34, 10: 24, 9: 12, 8: 8, 7: 6, 6: 5, 5: 4, 4: 3, 3: 3, 2: 1 }));
  return workday(dayOf(`2022-${String(month).padStart(2, '0')}-${String(random.int(1, 26)).padStart(2, '0')}`));
}
