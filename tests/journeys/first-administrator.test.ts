import fs from 'node:fs'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { launchBrowser } from '../kit/browser.ts'
import { testPlace } from '../kit/database.ts'
import { addPasskeyDevice } from '../kit/device.ts'
import { freePort, runCommand, startServer } from '../kit/server.ts'

/** The project as an installed one looks: the pages of this run, the schema. */
function projectWithPages(parent: string): string {
  const project = path.join(parent, 'project')
  fs.mkdirSync(path.join(project, 'dist'), { recursive: true })
  fs.symlinkSync(inject('pagesFolder'), path.join(project, 'dist', 'web'))
  fs.symlinkSync(path.resolve('db'), path.join(project, 'db'))
  return project
}

test('the first administrator of a production system comes in by the printed link', async () => {
  const place = await testPlace()
  fs.chmodSync(place.folder, 0o755)
  const { socketFolder, database } = place.place
  const host = encodeURIComponent(socketFolder)
  const origin = `http://localhost:${await freePort()}`
  const env = {
    YANGGUANG_PROJECT: projectWithPages(place.folder),
    YANGGUANG_MODE: 'production',
    DATABASE_URL: `postgres://postgres@localhost/${database}?host=${host}`,
    YANGGUANG_DATA: place.folder,
    PORT: new URL(origin).port,
    YANGGUANG_ORIGIN: origin,
    YANGGUANG_PROXIES: '0',
  }
  const server = await startServer(place.folder, env)
  const browser = await launchBrowser()
  try {
    const args = ['admin', 'create', '--name', '郑一', '--organisation', '平台运营单位']
    const { out } = await runCommand(args, env)
    const link = /https?:\/\/\S+#\S+/.exec(out)?.[0] as string
    const page = await browser.newPage({ locale: 'zh-CN' })
    page.setDefaultTimeout(15_000)
    const pressed = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const seen = (text: string) => page.getByText(text).first().waitFor()
    await addPasskeyDevice(page)
    await page.goto(link)
    await pressed('使用链接登录')
    await seen('郑一，您好')
    await pressed('在本机添加通行密钥')
    await seen('已加入')
    await page.locator('.yg-menu summary').click()
    await pressed('退出登录')
    await page.goto(`${origin}/login?to=/admin/people`)
    await seen('用通行密钥登录')
    expect(await page.getByText('演示').count()).toBe(0)
    await pressed('用通行密钥登录')
    await seen('没有等待审批的登记')
  } finally {
    await browser.close()
    await server.stop()
    await place.drop()
  }
}, 120_000)
