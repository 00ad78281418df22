/** Where the words of a text search are in a text: as the server finds them, whatever their case and accents. Pure. */

export interface MarkedPart {
  text: string
  marked: boolean
}

const SPELT_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae', œ: 'oe' }
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ı: 'i' }
// Shorter words are found only where a word begins.
const SHORTEST_INSIDE = 3

/** The text in parts, those that match marked; together they are the text again. */
export function markWords(text: string, q: string): MarkedPart[] {
  const letters = [...text.normalize('NFC')]
  const marks = letters.map(() => false)
  for (const spelling of [LETTERS, { ...LETTERS, ...SPELT_OUT }]) {
    const folded = letters.map((letter) => foldLetter(letter, spelling))
    for (const word of wordsOf(q)) markWord(folded, word, marks)
  }
  return partsOf(letters, marks)
}

/** The words of a search, folded; those in quotes one by one. */
function wordsOf(q: string): string[] {
  const folded = [...q.normalize('NFC')].map((letter) => foldLetter(letter, LETTERS)).join('')
  return folded.split(' ').filter((word) => word !== '')
}

/** Lower case without accent; a space for what belongs to no word. */
function foldLetter(letter: string, spelling: Record<string, string>): string {
  const lower = letter.toLowerCase()
  const folded = (spelling[lower] ?? lower).normalize('NFKD').replace(/\p{M}/gu, '')
  return /^[\p{L}\p{N}]+$/u.test(folded) ? folded : ' '
}

function markWord(folded: string[], word: string, marks: boolean[]): void {
  for (let start = 0; start < folded.length; start += 1) {
    const begins = start === 0 || folded[start - 1] === ' '
    const end = begins || word.length >= SHORTEST_INSIDE ? matchEnd(folded, start, word) : -1
    if (end > start) marks.fill(true, start, end)
  }
}

/** Behind the last letter of the word that begins here; -1 where another one does. */
function matchEnd(folded: string[], start: number, word: string): number {
  let rest = word
  let place = start
  while (rest !== '' && place < folded.length) {
    const letter = folded[place] as string
    // (A letter that stands for two may be cut in the middle of what was typed.)
    if (!rest.startsWith(letter) && !letter.startsWith(rest)) return -1
    rest = rest.slice(letter.length)
    place += 1
  }
  return rest === '' ? place : -1
}

function partsOf(letters: string[], marks: boolean[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  letters.forEach((letter, place) => {
    const last = parts.at(-1)
    const marked = marks[place] === true
    if (last?.marked === marked) last.text += letter
    else parts.push({ text: letter, marked })
  })
  return parts
}
