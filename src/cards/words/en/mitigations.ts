// Words of mitigations: the queue, the observation, the judgement.
export const mitigationsWords = {
  'event.mitigation-queued': 'Queued: {{activity}}, {{what}}.',
  'event.mitigation-queued.ahead': 'Ahead of the queue: {{activity}}, {{what}}.',
  'event.mitigation-queued.reverses': 'It undoes {{reverses}}.',
  'event.queue-reordered': 'The queue is now {{queue}}.',
  'event.mitigation-started': '{{owner}} starts {{activity}}, {{activity.what}}. Expected by {{due}}.',
  'event.mitigation-started.overlaps': 'It overlaps {{overlaps}}: which one worked cannot be told.',
  'event.observation-began': '{{activity}} is done. We watch what it does until {{until}}.',
  'event.observation-ended': 'The observation of {{activity}} is over.',
  'event.mitigation-judged': '{{activity}} is judged: {{verdict}}.',
  'verdict.fixed': 'fixed',
  'verdict.helped': 'helped',
  'verdict.no-effect': 'no effect',
  'verdict.worse': 'worse',
  'verdict.cant-tell': "can't tell",
};
