import type { AppOperation } from './app-call.ts'
import { bagOperations } from './archive/bag/routes.ts'
import { awardOperations } from './award/award/routes.ts'
import { objectionOperations } from './award/objection/routes.ts'
import type { Config } from './config.ts'
import { documentOperations } from './documents/routes.ts'
import { evaluationOperations } from './evaluation/evaluation/routes.ts'
import { drawOperations } from './experts/draw/routes.ts'
import { statusOperations } from './identity/demo/status-routes.ts'
import { logInOperations } from './identity/login/routes.ts'
import { partyOperations } from './identity/party/routes.ts'
import { platformOperations } from './identity/platform/routes.ts'
import { demoOperations, identityOperations } from './identity/routes.ts'
import { openingOperations } from './opening/opening-session/routes.ts'
import { clockOperations } from './service/clock/routes.ts'
import { healthOperations } from './service/health/routes.ts'
import { liveOperations } from './service/live/routes.ts'
import { logOperations } from './service/log/routes.ts'
import { myOperations } from './service/my/routes.ts'
import { portalOperations } from './service/portal/routes.ts'
import type { Services } from './services.ts'
import { wallOperations } from './supervision/wall/routes.ts'
import { bidOperations } from './tendering/bid/routes.ts'
import { lotOperations } from './tendering/lot/routes.ts'
import { projectOperations } from './tendering/project/routes.ts'
import { uploadOperations } from './tendering/uploads/routes.ts'

/** Everything that HTTP offers here; the demo's own part is not there in production. */
export function operationsOf(mode: Config['mode'], services: Services): readonly AppOperation[] {
  return [
    ...healthOperations(services),
    ...logOperations,
    ...identityOperations(services),
    ...logInOperations(services),
    ...partyOperations(services),
    ...platformOperations,
    ...liveOperations,
    ...portalOperations,
    ...myOperations,
    ...wallOperations,
    ...projectOperations,
    ...lotOperations,
    ...bidOperations,
    ...bagOperations,
    ...documentOperations,
    ...uploadOperations,
    ...openingOperations,
    ...drawOperations,
    ...evaluationOperations,
    ...awardOperations,
    ...objectionOperations,
    ...(mode === 'demo'
      ? [...demoOperations(services), ...statusOperations(services), ...clockOperations]
      : []),
  ]
}
