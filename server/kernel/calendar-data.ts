/**
 * Rest days and make-up working days by year, as the State Council's office announced them. A year
 * that isn't here is not known to have no holidays: it is not loaded. An administrator loads a new
 * one (`CalendarLoaded`); these are only what the platform starts with.
 */
export interface CalendarYear {
  readonly year: number
  /** The notice the dates were taken from. */
  readonly source: string
  /** Days off on weekdays or weekends, `MM-DD` or `MM-DD/MM-DD` with both ends in. */
  readonly rest: readonly string[]
  /** Weekend days that are worked, `MM-DD`. */
  readonly work: readonly string[]
}

export const builtInYears: readonly CalendarYear[] = [
  {
    year: 2024,
    source: 'https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm',
    rest: [
      '01-01',
      '02-10/02-17',
      '04-04/04-06',
      '05-01/05-05',
      '06-10',
      '09-15/09-17',
      '10-01/10-07',
    ],
    work: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  {
    year: 2025,
    source: 'https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm',
    rest: ['01-01', '01-28/02-04', '04-04/04-06', '05-01/05-05', '05-31/06-02', '10-01/10-08'],
    work: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  {
    year: 2026,
    source: 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
    rest: [
      '01-01/01-03',
      '02-15/02-23',
      '04-04/04-06',
      '05-01/05-05',
      '06-19/06-21',
      '09-25/09-27',
      '10-01/10-07',
    ],
    work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
]
