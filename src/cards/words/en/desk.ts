// What every surface answers alike.
export const deskWords = {
  'desk.done': 'Done.',
  'desk.done.before': 'That was done already.',
  'desk.nothing': 'Nothing changed: it stands like that already.',
  'nothing.answer-page': 'There was nothing to answer: no page to {{person}} is waiting.',
  'nothing.link': 'These two are linked already.',
  'nothing.move-mitigation': 'It stands at that place in the queue already.',
  'nothing.name-service': 'The incident is about that service already.',
  'nothing.rename': 'The incident has that title already.',
  'nothing.set-call': 'That is the call already.',
  'nothing.stop-waiting': 'It was waiting for nothing.',
  'desk.file.too-large': '{{name}} (not copied: it has more than {{limit}} MB)',
  'desk.file.unreachable': '{{name}} (not copied: it could not be fetched where it is)',
  'desk.file.closed':
    '{{name}} (not copied: Baton may not read it where it is; send it to Baton in your personal chat, and it is)',
  'desk.near': 'Did you mean {{near}}?',
  'desk.all': '/help lists what there is.',
  'desk.takes': '/help {{command}} says what it takes.',
  'desk.declare-instead': 'Is something wrong? Declare it, and the rest follows.',
  'link.about': 'Here you are whoever you say you are.',
  'link.about.why':
    'Sign in under the name that you have in Teams or Discord, and you are the same person. To make those two one, ask for a code in one of them: link-account.',
  'link.code':
    'Within {{lasting}}, type this on the other platform: in Discord /incident link-account, in Teams link-account, to Baton alone, each with the code behind it.',
  'link.code.why': 'It works once, and ties the account that types it to you. Nobody else needs to see it.',
  'link.sure': 'This code was shown to {{person}} in {{surface}}. Is that you?',
  'link.sure.why':
    'Both accounts become one person, who may do all that either may. If somebody else gave you this code, leave it.',
  'link.yes': 'Yes, that is me',
  'link.done': 'From now on you are {{person}}, here and in {{surface}}.',
  'link.done.why': 'Presence, work, pages and rights are those of one person.',
  'link.already': 'Both accounts are {{person}} already. There is nothing more to do.',
  'link.namesake': 'Somebody else has your name, so here you are {{person}}.',
  'link.namesake.why':
    'Is that you as well? Get a code, and type it on the platform where you are known by it. Or have your account written into baton.yaml: {{account}}',
  'command.link-account': 'One person in Teams and Discord',
  'command.link-account.what': 'Makes your accounts in Teams and Discord one person, by a code.',
  'button.link-account': 'New code',
  'refusal.link-openly': 'Others read along here. Ask Baton alone, in your personal chat: link-account.',
  'refusal.link-read':
    'Others could read that code here, so it no longer counts. Get a new one, and type it to Baton alone, in your personal chat.',
  'refusal.link-unreadable': '“{{given}}” is no code. One has twelve letters and digits, like C4KD-9MTQ-X7RH.',
  'refusal.link-unknown':
    'There is no such code. Compare it with the one on the other platform; it is good for {{lasting}}. Nothing has changed.',
  'refusal.link-tries': 'Too many wrong codes. In {{lasting}} you can type one again. Nothing has changed.',
  'refusal.link-own': 'That is your own code, and you are in {{surface}} now. Type it on the other platform.',
  'refusal.link-here':
    'That code was shown here, in {{surface}}. It ties accounts of two platforms: type it on the other one.',
  'refusal.link-used': 'That code was used already. Each one works once: ask for a new one.',
  'refusal.link-expired': 'That code is over: each is good for {{lasting}}. Ask for a new one in {{surface}}.',
  'refusal.link-configured':
    '{{people}} are two people in the configuration. Whoever keeps baton.yaml can put both accounts under one of them.',
  'refusal.link-commands':
    '{{person}} has command of {{incident}}, or is about to take it. Settle that first, then type the code again.',
  'refusal.link-works':
    '{{person}} has work in {{incident}}. Finish it or give it away first, then type the code again.',
  'refusal.link-called':
    '{{person}} is called into {{incident}}. Type the code again when that is over, or when {{person}} is released.',
  'refusal.link-there': '{{person}} is on the call of {{incident}}. Leave it, type the code again, and come back.',
  'refusal.link-asked': '{{person}} is asked something in {{incident}}. Answer that first, then type the code again.',
};
