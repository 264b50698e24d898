// Words of the kinds of activity: focus, parked topics, customer messages, stakeholder updates.
export const activitiesWords = {
  'event.focus-raised': '{{by}} asks for focus: back to what is being mitigated.',
  'event.topic-parked': 'Parked for later: {{topic}}',
  'event.message-drafted': 'Customer message {{message}} is drafted: {{text}}',
  'event.message-confirmed': '{{by}} confirmed customer message {{message}}. It goes to {{places}}.',
  'event.message-published': 'Customer message {{message}} is out: {{place}}.',
  'event.message-failed': 'Customer message {{message}} could not be published at {{place}}: {{reason}}',
  'event.message-withdrawn': 'Customer message {{message}} is withdrawn.',
  'event.update-sent': 'Update for stakeholders: {{text}}',
  'kind.paging': 'paging people',
  'kind.conversation': 'controlling the conversation',
  'kind.information': 'gathering information',
  'kind.updates': 'notes and stakeholder updates',
  'kind.mitigation': 'mitigation',
  'kind.customers': 'customer communication',
};
