import { viewer } from '../shell/session.ts'

/** Whether who is signed in may bind the organisation by signature. */
export const maySign = () =>
  ['legalRepresentative', 'authorisedSigner'].includes(viewer()?.capacity ?? '')
