/**
 * The API's answers that came with the first HTML (`server/service/pages/first-answers.ts`): the
 * first page is drawn without a single round trip more. Each is taken once; what is not asked for at
 * the start is thrown away, so that nobody sees it who came later.
 */
const answers = new Map<string, unknown>(Object.entries(read()))

function read(): object {
  const text = globalThis.document?.getElementById('first-answers')?.textContent
  return text ? (JSON.parse(text) as object) : {}
}

export function takeFirstAnswer<T>(path: string): T | undefined {
  const answer = answers.get(path) as T | undefined
  answers.delete(path)
  return answer
}

/** After an act, a change of who is signed in, or the first page. */
export function forgetFirstAnswers(): void {
  answers.clear()
}
