import sys; sys.path.insert(0,'SCRATCH')
from model import *
torch.set_num_threads(2)
m=torch.load(sys.argv[1]); enc=Enc(m['layers']); enc.load_state_dict(m['enc']); head=Speaks(); head.load_state_dict(m['head']); enc.eval(); head.eval()
for name in ('polnear-dev','world-dev','bbc-dev','own-dev','unseen'):
    ok=n=0
    with open(f'SCRATCH/{name}.pred.jsonl','w') as out, torch.no_grad():
        for line in open(f'SCRATCH/{name}.jsonl'):
            r=json.loads(line); r['all']=True; cs=prepare(r); res={}
            for i in range(0,len(cs),16):
                b=cs[i:i+16]; ids,case,quo,mask=batchify(b)
                with torch.autocast('cpu',dtype=torch.bfloat16): x=enc(ids,case,quo,mask)
                for s,sp in zip(score(head,x,b),[s for c in b for s in c[3]]):
                    p=torch.softmax(s,-1); res[sp[4]]=p.tolist()
                    if sp[3] is not None:
                        ents=[c[2] for c in r['spans'][sp[4]]['c']]+[-1]
                        mass={}
                        for e,v in zip(ents,p.tolist()): mass[e]=mass.get(e,0)+v
                        best=max(mass,key=mass.get); n+=1; ok+=best in {ents[j] for j in sp[3]}
            out.write(json.dumps({'id':r['id'],'text':r['text'][:200],'p':{str(r['spans'][k]['s']):v for k,v in res.items()}})+'\n')
    print(name,n,round(100*ok/n,2),flush=True)
