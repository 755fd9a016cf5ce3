// The unified social credit code (GB 32100-2015): 18 characters, the 9th to 17th the organisation code (GB 11714-1997).
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The check character of an organisation code's first eight: 11 − Σ value·weight mod 11; 10 is X, 11 is 0. */
export function organisationCheck(eight) {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ORGANISATION.indexOf(eight[i]), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** The check character of a code's first seventeen: (31 − Σ value·3^i mod 31) mod 31. */
export function usccCheck(seventeen) {
  let sum = 0, weight = 1;
  for (const c of seventeen) {
    sum = (sum + CHARACTERS.indexOf(c) * weight) % 31;
    weight = (weight * 3) % 31;
  }
  return CHARACTERS[(31 - sum) % 31];
}

export function isUscc(code) {
  return (
    /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) &&
    organisationCheck(code.slice(8, 16)) === code[16] &&
    usccCheck(code.slice(0, 17)) === code[17]
  );
}

/** What organisation codes begin with, by the year they were given: digits until the reform of October 2015, then MA…. */
function beginning(random, year) {
  if (year < 1995) return random.of(['19', '23', '61']);
  if (year < 2002) return random.of(['61', '70', '71', '72']);
  if (year < 2006) return random.of(['73', '74', '75', '76', '77']);
  if (year < 2010) return random.of(['78', '79', '66', '67', '68', '69']);
  if (year < 2013) return random.of(['55', '56', '57', '58', '59', '05']);
  if (year < 2016) return random.of(['06', '07', '08', '09', '30', '31', '33', '34']);
  if (year < 2018) return 'MA4' + random.of(['U', 'W', 'X']);
  if (year < 2021) return 'MA5' + random.of(['1', '2', '3', '4', '5']);
  return random.of(['MA56', 'MA57', 'MA7E', 'MA7H', year < 2022 ? 'MA57' : 'MABN', year < 2022 ? 'MA56' : 'MAC1']);
}

/** A new code of an enterprise (91) registered in `region` (six digits) in `year`; `taken` is a set that it joins. */
export function newUscc(random, region, year, taken) {
  for (;;) {
    let eight = beginning(random, year);
    const letters = eight.startsWith('MA') ? CHARACTERS : '0123456789';
    while (eight.length < 8) eight += letters[random.int(0, letters.length - 1)];
    const seventeen = `91${region}${eight}${organisationCheck(eight)}`, code = seventeen + usccCheck(seventeen);
    if (taken.has(code)) continue;
    taken.add(code);
    return code;
  }
}
