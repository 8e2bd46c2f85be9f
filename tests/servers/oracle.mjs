// Answers with the networks' own libraries: a JSON line in, a JSON line out, until the input ends.
// oracle.mjs PACKAGES: packages are found from PACKAGES.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { createRequire } from 'node:module'

const require = createRequire(path.resolve(process.argv[2], 'package.json'))
const twitter = require('twitter-text')
const { RichText } = require('@atproto/api')
const { Lexicons } = require('@atproto/lexicon')
const syntax = require('@atproto/syntax')

function tweet(text) {
  const { weightedLength, valid } = twitter.parseTweet(text)
  const urls = twitter.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false })
  return { weight: weightedLength, valid, urls: urls.map((found) => found.url) }
}

function richText(text) {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const facets = (rich.facets ?? []).map(({ index, features: [feature] }) => ({
    start: index.byteStart,
    end: index.byteEnd,
    kind: feature.$type.split('#')[1],
    value: feature.uri ?? feature.tag ?? feature.did,
  }))
  return { graphemes: rich.graphemeLength, bytes: rich.length, facets }
}

const folders = new Map()
function lexicons(folder) {
  if (!folders.has(folder)) {
    const names = fs.readdirSync(folder, { recursive: true }).filter((n) => n.endsWith('.json'))
    const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))
    folders.set(folder, new Lexicons(names.map(read)))
  }
  return folders.get(folder)
}

function recordProblem({ folder, record }) {
  const result = lexicons(folder).validate(record.$type, record)
  return result.success ? null : String(result.error.message)
}

function isValid({ what, text }) {
  const ensure = { tid: 'ensureValidTid', handle: 'ensureValidHandle',
    datetime: 'ensureValidDatetime', recordkey: 'ensureValidRecordKey' }[what]
  try {
    syntax[ensure](text)
    return true
  } catch {
    return false
  }
}

const answers = { tweet, richText, recordProblem, isValid }
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { question, about } = JSON.parse(line)
  process.stdout.write(JSON.stringify(about.map(answers[question])) + '\n')
}
