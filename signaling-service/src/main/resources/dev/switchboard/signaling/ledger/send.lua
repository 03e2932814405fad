-- Puts what sessions say into the inboxes of those they say it to. Whole commands come, one after the other.
-- ARGV from 9 on: node, session, number, epoch, id, scope, p, s or r, to whom, the event, the sender's
--      name, the peers it may reach; and so on
-- Returns for each {'lapsed', why}, {'refused', code, subject}, 'done' or {'failed', why}, and up to where
-- the news go then
local function send(at)
  local session, id, scope, kind, to = ARGV[at + 1], ARGV[at + 4], ARGV[at + 5], ARGV[at + 6], ARGV[at + 7]
  local event = ARGV[at + 8]
  local done = settled(at, to)
  if done then
    return done
  end

  local function refuse(code)
    remember(session, id, code)
    return {'refused', code, to}
  end

  local receivers = {}
  if kind == 'r' then
    local key = room_key(scope, to)
    local self = redis.call('HGET', key, session)
    if not self then
      return refuse('not_in_room')
    end
    for _, other in ipairs(redis.call('HKEYS', key)) do
      if other ~= '' and other ~= session then
        receivers[#receivers + 1] = inbox_of(other)
      end
    end
  else
    local name, reach = ARGV[at + 9], ARGV[at + 10]
    local found = kind == 's' and {to} or redis.call('SMEMBERS', peer_key(scope, to))
    local known = false
    for _, other in ipairs(found) do
      local inbox = inbox_of(other)
      if inbox and inbox.scope == scope then
        known = true
        if allows(reach, inbox.name) and allows(inbox.peers, name) then
          receivers[#receivers + 1] = inbox
        end
      end
    end
    if not known then
      return refuse('unknown_peer')
    elseif #receivers == 0 then
      return refuse('forbidden')
    end
  end

  local free, full = {}, {}
  for _, inbox in ipairs(receivers) do
    local into = is_full(inbox) and full or free
    into[#into + 1] = inbox
  end
  if #full > 0 and #free == 0 then
    return refuse('backlog')
  end
  remember(session, id, 'ok')
  -- The node that sent it need not be told it.
  last_event = event
  for _, inbox in ipairs(free) do
    put(inbox, event, session, id)
  end
  for _, inbox in ipairs(full) do
    append(session, 'unread\n' .. inbox.name .. '\n' .. inbox.session .. '\n' .. id .. '\n')
  end
  return {'done'}
end

local results = {}
for at = 9, #ARGV, 11 do
  -- What fails of one says nothing of the others.
  local ok, result = pcall(send, at)
  results[#results + 1] = ok and result or {'failed', tostring(type(result) == 'table' and result.err or result)}
  results[#results + 1] = whole(#news)
end
return answer(results)
