/** A release as tests of the server open it: two short steps, switched off to go back, nothing left out that the form asks for. */
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'

/** The command that opens it. In: the ids of the model, its version and the environment; what the test says otherwise. */
export function openingOf(modelId: string, versionId: string, environmentId: string, more: object = {}) {
  return {
    type: 'open-release', modelId, versionId, environmentId, stagingEnvironmentId: null, templateId: ML_RELEASE_ID, risk: 'low', targetAt: null,
    claim: { memoryGiB: 24, cpuCores: 8, gpuCount: 0, gpuType: '', gpuMemoryGiB: 0, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval',
    steps: [{ share: 10, soakMinutes: 10, minimumRequests: 0 }, { share: 100, soakMinutes: 10, minimumRequests: 0 }],
    rollbackPlan: { way: 'switch-off', triggers: '', deciderId: null, rehearsedAt: null, restoreMinutes: 5 },
    feedback: { description: '', labelDelayDays: 14 }, owners: {}, onCallId: null, panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null }, ...more,
  }
}
