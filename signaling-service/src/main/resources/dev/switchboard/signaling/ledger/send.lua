-- Puts what a session says into the inboxes of those it says it to.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 id, 14 scope, 15 p, s or r, 16 to whom,
--      17 the event, 18 the sender's name, 19 the peers it may reach
-- Returns {'lapsed', why}, {'refused', code, subject} or 'done'
local session, id, scope, kind, to = ARGV[10], ARGV[13], ARGV[14], ARGV[15], ARGV[16]
local done = settled(to)
if done then
  return done
end

local function refuse(code)
  remember(session, id, code)
  return answer({'refused', code, to})
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
  local found = kind == 's' and {to} or redis.call('SMEMBERS', peer_key(scope, to))
  local known = false
  for _, other in ipairs(found) do
    local inbox = inbox_of(other)
    if inbox and inbox.scope == scope then
      known = true
      if allows(ARGV[19], inbox.name) and allows(inbox.peers, ARGV[18]) then
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
last_event = ARGV[17]
for _, inbox in ipairs(free) do
  put(inbox, ARGV[17], session, id)
end
for _, inbox in ipairs(full) do
  append(session, 'unread\n' .. inbox.name .. '\n' .. inbox.session .. '\n' .. id .. '\n')
end
return answer({'done'})
