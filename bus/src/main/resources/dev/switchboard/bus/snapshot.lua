-- All of a realm at one moment, for who follows its changes from there on.
-- Returns {version, what nodes have: session, value, ..., what the ledger has: {session, scope, name,
-- begun, meta, room, meta there, ...}, ..., statuses: name, status, ...}
local newest = redis.call('XREVRANGE', P .. 'changes', '+', '-', 'COUNT', 1)[1]
if not newest then
  change('begin', '', '', '', '', '')
  newest = redis.call('XREVRANGE', P .. 'changes', '+', '-', 'COUNT', 1)[1]
end

local announced = {}
for _, node in ipairs(redis.call('SMEMBERS', P .. 'nodes')) do
  for session, value in pairs(sessions_of(node)) do
    announced[#announced + 1] = session
    announced[#announced + 1] = value
  end
end

-- LedgerKeys of signaling says what these hold.
local kept, known = {}, {}
local function keep(session)
  local it, rooms = {}, {}
  local all = redis.call('HGETALL', P .. 'session:' .. session)
  for i = 1, #all, 2 do
    it[all[i]] = all[i + 1]
    if string.sub(all[i], 1, 3) == 'in:' then
      rooms[#rooms + 1] = string.sub(all[i], 4)
    end
  end
  if not it.scope or it.left == '1' then
    return
  end
  local row = {session, it.scope, it.name, it.begun, meta_of(it.meta)}
  for _, room in ipairs(rooms) do
    local member = redis.call('HGET', P .. 'room:' .. it.scope .. ':' .. room, session)
    if member then
      row[#row + 1] = room
      row[#row + 1] = meta_of(string.match(member, '\n(.*)$'))
    end
  end
  kept[#kept + 1] = row
end
local function keep_all(sessions)
  for _, session in ipairs(sessions) do
    if not known[session] then
      known[session] = true
      keep(session)
    end
  end
end
for _, node in ipairs(redis.call('SMEMBERS', P .. 'keepers')) do
  keep_all(redis.call('SMEMBERS', P .. 'held:' .. node))
end
keep_all(redis.call('ZRANGE', P .. 'due', 0, -1))

return {newest[1], announced, kept, redis.call('HGETALL', P .. 'status')}
