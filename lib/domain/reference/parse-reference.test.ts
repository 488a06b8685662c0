import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { digestOf, parseDigest } from './digest'
import { parseReference } from './parse-reference'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const HEX64 = 'ab'.repeat(32)
const MD5 = '0123456789abcdef0123456789abcdef'

describe('parseReference', () => {
  it.each([
    ['models:/fraud/7', 'mlflow', true, 'fraud 7'],
    ['models:/fraud@champion', 'mlflow', false, 'fraud @champion'],
    ['models:/fraud/latest', 'mlflow', false, 'fraud latest'],
    ['models:/fraud/Production', 'mlflow', false, 'fraud Production'],
    ['models:/fraud', 'mlflow', false, 'fraud'],
    ['models:/catalog.schema.fraud/12', 'mlflow', true, 'catalog.schema.fraud 12'],
    ['models:/m-0123456789abcdef0123456789abcdef', 'mlflow', true, 'logged model m-0123456789abcdef0123456789abcdef'],
    [`runs:/${MD5}/model`, 'mlflow', true, 'run 01234567 model'],
    [`acme/churn@${SHA}`, 'hugging-face', true, 'acme/churn at 0123456789ab'],
    ['acme/churn@main', 'hugging-face', false, 'acme/churn at main'],
    ['acme/churn@v2.1', 'hugging-face', false, 'acme/churn at v2.1'],
    ['acme/churn', 'hugging-face', false, 'acme/churn at main'],
    [`hf://acme/churn@${SHA}/model.safetensors`, 'hugging-face', true, 'acme/churn at 0123456789ab'],
    ['hf://datasets/acme/train@main', 'hugging-face', false, 'acme/train at main'],
    [`https://huggingface.co/acme/churn/tree/${SHA}`, 'hugging-face', true, 'acme/churn at 0123456789ab'],
    ['https://huggingface.co/acme/churn/resolve/main/model.bin', 'hugging-face', false, 'acme/churn at main'],
    ['https://huggingface.co/acme/churn', 'hugging-face', false, 'acme/churn at main'],
    [`openai/whisper-large@${SHA}`, 'hugging-face', true, `openai/whisper-large at 0123456789ab`],
    ['acme/fraud/scorer:v3', 'wandb', true, 'scorer v3'],
    ['acme/fraud/scorer:latest', 'wandb', false, 'scorer latest'],
    ['wandb-registry-model/fraud:v12', 'wandb', true, 'fraud v12'],
    ['acme/wandb-registry-model/fraud:production', 'wandb', false, 'fraud production'],
    ['wandb-artifact:///acme/fraud/scorer:v3', 'wandb', true, 'scorer v3'],
    ['https://wandb.ai/acme/fraud/artifacts/model/scorer/v3', 'wandb', true, 'scorer v3'],
    [`ghcr.io/acme/fraud@sha256:${HEX64}`, 'oci', true, 'fraud@abababababab'],
    [`ghcr.io/acme/fraud:1.4@sha256:${HEX64}`, 'oci', true, 'fraud@abababababab'],
    [`oci://registry.local:5000/fraud@sha256:${HEX64}`, 'oci', true, 'fraud@abababababab'],
    ['ghcr.io/acme/fraud:1.4', 'oci', false, 'fraud:1.4'],
    ['ghcr.io/acme/fraud:latest', 'oci', false, 'fraud:latest'],
    ['localhost:5000/fraud', 'oci', false, 'fraud:latest'],
    ['acme/fraud:1.4', 'oci', false, 'fraud:1.4'],
    ['s3://models/fraud/7/model.tar.gz?versionId=3sL4kqtJlcpXroDTDmJ', 'object-store', true, 'model.tar.gz version 3sL4kqtJlcpX'],
    ['s3://models/fraud/7/model.tar.gz', 'object-store', false, 'model.tar.gz'],
    ['s3://models/fraud/model.bin?versionId=null', 'object-store', false, 'model.bin'],
    ['gs://models/fraud.onnx#1712345678901234', 'object-store', true, 'fraud.onnx version 171234567890'],
    ['gs://models/fraud.onnx', 'object-store', false, 'fraud.onnx'],
    ['openai:gpt-x@2026-03-01', 'hosted', true, 'gpt-x 2026-03-01 (openai)'],
    ['openai:gpt-x-2026-03-01', 'hosted', true, 'gpt-x-2026-03-01 (openai)'],
    ['anthropic/claude-x-20260301', 'hosted', true, 'claude-x-20260301 (anthropic)'],
    ['openai:gpt-x', 'hosted', false, 'gpt-x (openai)'],
    ['anthropic:claude-x@latest', 'hosted', false, 'claude-x latest (anthropic)'],
    ['bedrock:anthropic.claude-x-20260301-v1:0', 'hosted', true, 'anthropic.claude-x-20260301-v1:0 (bedrock)'],
    ['churn@v3.1.1', 'gto', false, 'churn v3.1.1'],
    ['churn#prod#2', 'gto', false, 'churn in stage prod'],
    ['churn#prod-2', 'gto', false, 'churn in stage prod'],
    ['models:churn@v1.0.0', 'gto', false, 'churn v1.0.0'],
    [`https://github.com/acme/models@${SHA}#models/churn.dvc`, 'dvc', true, 'churn.dvc at 0123456789ab'],
    ['https://github.com/acme/models@main#models/churn.dvc', 'dvc', false, 'churn.dvc at main'],
    ['models/churn.pkl.dvc', 'dvc', false, 'churn.pkl.dvc'],
    [`models/churn.pkl.dvc md5: ${MD5}`, 'dvc', true, 'churn.pkl.dvc md5 0123456789ab'],
    [`data/train md5:${MD5}.dir`, 'dvc', true, 'train md5 0123456789ab'],
    [`https://github.com/acme/models/commit/${SHA}`, 'git', true, 'models at 0123456789ab'],
    ['https://github.com/acme/models/tree/main/churn', 'git', false, 'models at main'],
    ['https://github.com/acme/models/releases/tag/v2', 'git', false, 'models at v2'],
    [`https://gitlab.com/acme/models/-/blob/${SHA}/churn.pkl`, 'git', true, 'models at 0123456789ab'],
    [`git@github.com:acme/models.git@${SHA}`, 'git', true, 'models at 0123456789ab'],
    ['git@github.com:acme/models.git', 'git', false, 'models'],
    [`git+https://git.acme.example/models.git@${SHA}`, 'git', true, 'models at 0123456789ab'],
    ['github.com/acme/models@0123456', 'git', false, 'models at 0123456'],
    [SHA, 'git', true, 'commit at 0123456789ab'],
    ['https://models.acme.example/fraud/7/model.tar.gz', 'url', false, 'model.tar.gz at models.acme.example'],
    [`https://models.acme.example/model.bin#sha256=${HEX64}`, 'url', true, 'model.bin at models.acme.example'],
    ['the model from Tuesday', 'unknown', false, 'the model from Tuesday'],
  ])('%s is %s, pinned %s', (raw, kind, pinned, label) => {
    const found = parseReference(raw)
    expect({ kind: found.kind, pinned: found.pinned, label: found.label, problem: found.problem }).toEqual({ kind, pinned, label, problem: undefined })
    expect(found.warning === undefined).toBe(pinned)
    expect(found.suggestedDigestField === undefined).toBe(pinned)
    if (pinned) expect(digestOf(found)).not.toBeNull()
  })

  it.each([
    ['', 'Paste a reference'],
    ['   ', 'Paste a reference'],
    ['javascript:alert(1)', 'cannot begin with'],
    ['data:text/html,<script>alert(1)</script>', 'cannot begin with'],
    ['file:///etc/passwd', 'cannot begin with'],
    ['models:/fraud/7\u202e', 'invisible'],
    ['models:/fra\u0000ud/7', 'invisible'],
    ['https://user:secret@models.example/7', 'password'],
    ['https://models.example/7?X-Amz-Signature=abc', 'signature'],
    ['x'.repeat(1_001), 'at most 1000'],
  ])('refuses %j', (raw, words) => {
    const found = parseReference(raw)
    expect(found.problem).toContain(words)
    expect(found.pinned).toBe(false)
  })

  it('takes hostile text as text', () => {
    const found = parseReference('<img src=x onerror=alert(1)>')
    expect(found).toMatchObject({ kind: 'unknown', pinned: false })
    expect(parseReference('models:/<!channel>/7').parts['name']).toBe('<!channel>')
  })

  it('never throws, is quick, and never calls pinned what has no digest', () => {
    fc.assert(fc.property(fc.string({ maxLength: 1_000, unit: 'binary' }), (text) => {
      const found = parseReference(text)
      expect(found.label.length).toBeLessThanOrEqual(120)
      if (found.pinned) expect(digestOf(found)).not.toBeNull()
    }))
    for (const nasty of ['a/'.repeat(499), 'a.'.repeat(499), 'a-'.repeat(490) + '@', '@'.repeat(999), 'a:'.repeat(499), '.dvc '.repeat(199)]) {
      // The quickest of five: a busy machine only ever adds time.
      const took = Array.from({ length: 5 }, () => {
        const before = performance.now()
        parseReference(nasty)
        return performance.now() - before
      })
      expect(Math.min(...took)).toBeLessThan(50)
    }
  })
})

describe('digests', () => {
  it.each([
    [`sha256:${HEX64}`, `sha256:${HEX64}`], [HEX64.toUpperCase(), `sha256:${HEX64}`], [SHA, SHA], [MD5, `md5:${MD5}`],
    [`md5=${MD5}.dir`, `md5:${MD5}.dir`], ['2026-03-01', '2026-03-01'], ['3sL4kqtJlcpXroDTDmJ', '3sL4kqtJlcpXroDTDmJ'],
  ])('%s', (typed, value) => expect(parseDigest(typed)?.value).toBe(value))
  it.each(['', 'latest', 'main', 'sha256:123', '<script>1</script>', 'a b c 1 2 3'])('refuses %j', (typed) => expect(parseDigest(typed)).toBeNull())
})
