/** Stages of a published trade's lots that the list can be narrowed to, in their order. */
export const listStages = [
  'tendering',
  'opening',
  'qualifying',
  'evaluating',
  'evaluated',
  'publicity',
  'awarding',
  'awarded',
  'contracted',
  'archived',
  'failed',
  'terminated',
] as const
export type ListStage = (typeof listStages)[number]

export const isListStage = (text: string): text is ListStage =>
  listStages.some((stage) => stage === text)
