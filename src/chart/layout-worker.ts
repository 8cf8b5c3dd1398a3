/** ELK itself notices that it runs in a worker, and answers what `elk-api` asks. */
import 'elkjs/lib/elk-worker.min.js'
