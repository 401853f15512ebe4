import type { State } from './state.ts'

type Awarded = Extract<State, { winner: unknown }>

/**
 * Whether all may know an award. Tender: its candidates were public before it. Government
 * procurement: from the signed result notice on, and the letters go out with it.
 * @source 政府采购法实施条例 art. 43; 财政部令第87号 art. 69 ○
 */
export const isAwardPublic = ({ regime, resultUntil }: Awarded): boolean =>
  regime === 'tender' || resultUntil !== null
