import { DataTable } from './data-table.tsx'
import type { Example } from './examples.ts'
import { Facts } from './layout.tsx'
import { Matrix } from './matrix.tsx'
import { PriceBoard } from './price-board.tsx'
import { Hash, Receipt, SealMark } from './proof.tsx'
import { Empty } from './status.tsx'
import { TableImport } from './table-import.tsx'

const digest = 'u7Vh2qk0Yx1nZ4pRk9sQ3wTtB5cD8eFgHiJkLmNoPqR'
const longName = '某某省某某市公共资源综合服务与食品供应链管理（集团）有限责任公司第三分公司'
const lots = [
  { name: '厨房设备一批', ceiling: 268_000_000, text: '2,680,000.00 元' },
  { name: '餐具及消毒设备', ceiling: 18_600_000, text: '186,000.00 元' },
]

export default [
  {
    name: 'data table, sortable',
    draw: () => (
      <DataTable
        caption="包"
        rows={lots}
        columns={[
          { id: 'name', head: '名称', cell: (row) => row.name },
          {
            id: 'ceiling',
            head: '最高限价',
            align: 'end',
            cell: (row) => row.text,
            by: (row) => row.ceiling,
          },
        ]}
      />
    ),
  },
  {
    name: 'data table, empty',
    draw: () => (
      <DataTable
        caption="文件"
        rows={[] as { name: string }[]}
        empty={<Empty title="没有附件，内容以本页为准" />}
        columns={[{ id: 'name', head: '文件', cell: (row) => row.name }]}
      />
    ),
  },
  {
    name: 'price board before the publication',
    draw: () => (
      <PriceBoard
        caption="开标记录（公布前）"
        rows={[
          {
            id: 'a',
            number: 1,
            name: '演示投标人一',
            state: { text: '已释放', tone: 'sealed' },
            priceFen: null,
            instead: '同时公布',
          },
          {
            id: 'b',
            number: 2,
            name: longName,
            state: { text: '待解密', tone: 'plain' },
            priceFen: null,
            instead: '同时公布',
          },
        ]}
      />
    ),
  },
  {
    name: 'price board, published',
    draw: () => (
      <PriceBoard
        caption="开标记录（已公布）"
        more={[{ id: 'days', head: '交货期（日）' }]}
        rows={[
          {
            id: 'a',
            number: 1,
            name: '演示投标人一',
            state: { text: '已开启', tone: 'ok' },
            priceFen: 1_234_567_890_000,
            more: { days: '45' },
            mark: <SealMark of="演示投标人一的报价" />,
          },
          {
            id: 'b',
            number: 2,
            name: '演示投标人二',
            state: { text: '不予开启', tone: 'danger', reason: '内容与清单不符' },
            priceFen: null,
          },
        ]}
      />
    ),
  },
  {
    name: 'matrix with an outlier',
    draw: () => (
      <Matrix
        caption="技术分"
        corner="成员"
        columns={['A7', 'C2', 'F1']}
        rows={[
          { name: '成员甲', cells: [{ text: '41.5' }, { text: '38.0' }, { text: '44.0' }] },
          {
            name: '成员乙',
            cells: [{ text: '40.0' }, { text: '21.5', isOutlier: true }, { text: '43.5' }],
          },
        ]}
      />
    ),
  },
  {
    name: 'marks and digests',
    draw: () => (
      <div class="yg-row">
        <SealMark of="报价" />
        <SealMark of="报价" state="checking" />
        <SealMark of="报价" state="good" />
        <SealMark of="报价" state="bad" />
        <Hash value={digest} label="招标文件" />
      </div>
    ),
  },
  {
    name: 'facts',
    draw: () => (
      <Facts
        rows={[
          { name: '获取文件截止', value: '2026-03-09 24:00:00' },
          { name: '投标截止、开标', value: '2026-03-23 09:30:00', note: '到点即截止，逾期不收' },
        ]}
      />
    ),
  },
  {
    name: 'receipt',
    draw: () => <Receipt title="投标已提交" number={digest} at="2026-03-22T08:12:05.214Z" />,
  },
  {
    name: 'table import',
    draw: () => (
      <TableImport<string, { columns: readonly string[]; bad: readonly string[]; rows: number }>
        label="填好的报价表"
        read={([head, ...body]) => ({ columns: head?.cells ?? [], bad: [], rows: body.length })}
        badText={(bad) => bad}
        preview={(found) => <p>{found.rows}</p>}
        verb="填入"
        onTake={() => {}}
      />
    ),
  },
] satisfies readonly Example[]
